/**
 * Predefined applications that share their default ports with many others: `PORTS: names;`. See applications-predefined.ts
 * for the source and its date.
 */
export const SHARED_PORTS = `
tcp/80,443: 1und1-mail 24sevenoffice 4shared 4sync 7shifts accellion accelo adobe-cloud adobe-echosign
adobe-media-player adobe-online-office adobe-update adrive activesync afterschool agiloft aim-express-base
all-slots-casino amazon-aws-console amazon-cloud-drive-base amazon-cloud-drive-uploading
amazon-cloud-player amazon-instant-video android-market apple-maps apple-update appogee appointy apptivo asana asproxy
asus-webstorage atmail att-connect att-locker att-office-at-hand avast-av-update avira-antivir-update baidu-ime
baidu-webmessenger badongo badoo base-crm basecamp batchbook beamyourscreen bebo-base benchmark bet365 bime bing-maps
bitcasa bitdefender bkper blog-posting boldchat-logmein bomgar boomerang boxnet-base boxnet-editing boxnet-uploading
brightcloud brightcove brighttalk bubbly bugzilla buzzsaw cakehr calameo callidus campfire camo-proxy canvas carbonite
certify cgiproxy chatango cinemagram cisco-spark-base cisco-spark-file-transfer clearslide clicktools cloudapp-base
cloudapp-uploading cloudinary-base cloudinary-uploading cloudshare concur-base confluence-base confluence-downloading
confluence-editing confluence-posting confluence-sharing confluence-uploading constant-contact convo-base convo-chat
convo-uploading convoq cotap cox-webmail cyph-base cyph-file-transfer dapulse data-bin datto-backupify daum-cloud
deskmetrics diino dimdim directv disqus divshare dochub-base dochub-uploading docstoc-base docstoc-uploading docusign
drivehq dropbox-downloading dropbox-editing dropbox-paper dropbox-posting dropbox-sharing dropbox-uploading droplr
dropsend druva-insync druva-phoenix duosecurity dynamicintranet earthcam easy-share ebay-desktop editgrid efolder
egnyte-base elluminate eroom-host eroom-net erpag espn-go eventbrite evercontact evernote-base evernote-downloading
evernote-editing evernote-posting evernote-sharing evernote-uploading evony facebook-apps facebook-base facebook-chat
facebook-code facebook-file-sharing facebook-mail facebook-posting facebook-rooms facebook-social-plugin filemail
firefox-send flash flickr-base flickr-uploading fluxiom fly-proxy fogbugz forward fotki foursquare freshbooks
freshdesk freshsales friendfeed friendvox frozenway functionfox gat genesys-base git-uploading gitlab-base
gitlab-uploading glip globalmeet-base glype-proxy gmail-chat gmail-drive gmail-enterprise goagent gooddata
google-analytics google-app-engine google-calendar-base google-calendar-enterprise google-calendar-posting
google-classroom google-cloud-storage-base google-cloud-storage-upload google-docs-base google-docs-downloading
google-docs-editing google-docs-enterprise google-docs-posting google-docs-sharing google-docs-uploading
google-drive-web google-earth google-finance-posting google-hangouts-chat google-keep google-maps google-meet
google-music google-photos google-picasa google-safebrowsing google-talk-gadget google-translate-auto
google-translate-base google-translate-manual google-update google-video-enterprise google-wave grooveshark hamicloud
highrise hightail-base hinet-webmail hipchat-downloading hipchat-editing hipchat-file-transfer hipchat-posting
hipchat-sharing hipchat-uploading hootsuite hubspot huawei-dbank huddle-base huddle-uploading hyves-base ibackup
icloud-base icq2go ifile.it ifolder igloo-software imeet-base imeet-file-transfer imgur-base imgur-uploading imvu
insightly-crm instagram-base instagram-upload intercall intuit-quickbase issuu-base itunes-base jango
jdi-onlinebackupstorage jira-base jira-downloading jira-editing jira-posting jira-uploading jobvite joost
jumpshare-uploading jungledisk kanban-tool kaspersky keek korea-webmail kproxy kt-ucloud last.fm lastpass leapfile
letv lg-uplus-neturo linkedin-base linkedin-mail linkedin-posting live-mesh-base livelink liveperson lookout
lotuslive-base lotuslive-file-sharing lucidpress-base lucidpress-editing mail.com mail.ru-base mail.ru-mail mailchimp
mapi-over-http mastodon maytech-base maytech-downloading maytech-share maytech-uploading me2day medium-im meerkat
meetup-base meetup-email meetup-forum megaproxy meinvz mendeley-base mendeley-uploading meta4 mgoon
microsoft-dynamics-crm mikogo minus mixi-base mixi-posting moxtra mozy ms-delve ms-lync-online ms-office365-base
ms-onedrive-base ms-onedrive-downloading ms-onedrive-share ms-onedrive-uploading ms-powerbi ms-product-activation
ms-teams ms-teams-downloading ms-teams-editing ms-teams-posting ms-teams-sharing ms-teams-uploading myspace-base
myspace-mail myspace-posting myspace-video neokast netbotz netease-mail netflix-base netflix-streaming netlog
netop-on-demand netspoke new-relic newton-mail ning-apps ning-base ning-mail ning-posting nokia-here-maps nomadesk
norton-zone odnoklassniki-apps odnoklassniki-base odnoklassniki-messaging odrive office-live office365-consumer-access
office365-enterprise-access okta okurin onehub-base onehub-uploading onelogin optimum-webmail oracle-crm-ondemand
oracle-eloqua orkut orsiso outlook-web owncloud-base owncloud-deleting owncloud-downloading owncloud-editing
owncloud-posting owncloud-sharing owncloud-uploading pagerduty paloalto-aperture panda-update pandora
panos-web-interface paran-mail path pathview periscope phproxy pingone pinterest-base pinterest-messaging
pinterest-posting pitchengine pivotaltracker-base pivotaltracker-downloading pivotaltracker-uploading plaxo plurk
podio powow-base prezi-base prezi-posting prezi-uploading productplan proofhq proofhub-base proofhub-file-transfer
proxeasy pubnub puffin python-easy-install qlikview quora rapidshare readytalk-base readytalk-chat
readytalk-desktop-sharing realtimeboard redbox-instant reddit-base reddit-posting remoteview renren-base rezgo
rhapsody rightscale roboform rpc-over-http ruckus rypple saasu sakai salesforce-chatter salesforce-desk
salesforce-downloading salesforce-editing salesforce-posting salesforce-sharing salesforce-uploading samanage
samsung-updates sap-jam-base sap-jam-uploading schmedley screencast-base screencast-uploading scribd-base secret
secure-data-space-base secure-data-space-downloading secure-data-space-editing secure-data-space-posting
secure-data-space-sharing secure-data-space-uploading secureserver-mail seeqpod seesmic sendthisfile-base service-now
sharefile-base sharefile-downloading sharefile-editing sharefile-uploading sharepoint-online shavlik-netchk shodan
shoebox showmypc showtime shutterfly siebel-crm signnow silverlight simplenote sky-player skydrive-base
skydrive-uploading skydur slack-downloading slack-editing slack-sharing slack-uploading slacker sliderocket
slideshare-base slideshare-uploading smartsheet-base smartsheet-uploading smilebox smugmug snapchat snapfish soap
socialcam socks2http solidfiles sosbackup soundcloud-base soundcloud-uploading sourceforge-file-transfer spideroak
springcm sproutsocial squirrelmail stocktwits-base stocktwits-posting storify-base storify-posting streetchat studivz
stumbleupon successfactors sugar-crm sugarsync suresome surveymonkey sway t-online-mail tableau tableau-public
taku-file-bin teamup-calendar-base teamviewer-web techinline telegram telenet-webmail thousandeyes tidal
torch-browser-base transferbigfiles trello-base trello-uploading trendmicro tresorit trippy tubes tumblr-base
tumblr-posting tunein tunnelbear turboshare twitpic twitter-base twitter-posting uberconference ubisoft-uplay
ubuntu-one uc-yun-base uc-yun-downloading uc-yun-uploading usejump usermin userplane vagrant veohtv vevo viddy
vine-base virustotal-api-uploading virustotal-base virustotal-web-uploading vkontakte-base vkontakte-chat
vkontakte-mail vtunnel vyew watch-abc watchdox waze weather-desktop web-de-mail webdav webex-connect webex-weboffice
webqq wetransfer whisper windows-azure-uploading winamax workday wrike wufoo wwe-network x1-mobile xdrive xfinity-tv
xing yahoo-box yahoo-calendar yahoo-file-transfer yahoo-notepad yahoo-toolbar yahoo-web-analytics yammer yandex-disk
yandex-maps yik-yak yodlee yousendit-base yousendit-uploading youtube-base youtube-posting youtube-uploading yugma
yunpan360-base yunpan360-file-transfer zamzar zenbe zendesk zenefits zimbra zoho-mail zumodrive zynga-games;

tcp/80: 2ch-base 2ch-posting adnstream aim-express-file-transfer airaim akamai-client amazon-unbox
aol-messageboard-posting apple-location-service apt-get asf-streaming atom autobahn avg-update avoidr axifile babelgum
babylon bebo-mail bebo-posting bonpoo bosch-rcp-plus bypass bypassthat callpilot cbs-video centriccrm cgi-irc
chinaren-base classmates clip2net cnn-video computrace coralcdn-user crossloop cyworld daap dailymotion
daum-blog-posting daum-tvpot deezer depositfiles deskshare digg-posting drop.io ebuddy emc-documentum-webtop
etelos-crm eyejot fastmail fc2-blog-posting file-host filedropper files.to filestube firefox-update flixster flumotion
foonz forticlient-update f-secure-updater fix friendster fufox gifboom gnu-httptunnel google-buzz google-cache
google-desktop google-toolbar google-video-base gpass-proxy groove-music hangame hi5 horde hotfile hp-update
http-audio http-nsri http-tunnel http-video hyves-games ilohamail iloveim imeem imhaha issuu-uploading itunes-appstore
itunes-mediastore itv-player java-update kaixin-base kaixin-chat kaixin-mail kkbox ku6 lifecam linkedin-apps live365
livejournal lotus-notes-admin mediamax mediawiki-editing meebo-base megashare megavideo metacafe mibbit miro
msn-toolbar msn-webmessenger napster naver-ndrive nbc-video ocsp office-on-demand open-webmail outblaze-mail
pastebin-base pastebin-posting peerguardian photobucket pingfu popcorn-time privax putlocker qik-posting reduh rss
rtmpt scep sendspace sina-weibo-base sina-weibo-posting socialtext-editing solarwinds-base solarwinds-npm
solarwinds-sam spark stagevu starz surrogafier svtplay teachertube thinkfree torch-browser-games torch-browser-music
tudou tuenti ultrahook uploading vbulletin-posting viadeo web-browsing webaim webconnect webhard webshots wiiconnect24
wikidot-editing wikispaces-editing yahoo-blog-posting yahoo-finance-posting yahoo-webmessenger yandex-mail youku-base
youku-uploading youtube-safety-mode zelune zettahost-uploading zippyshare zoho-im zoho-meeting zoho-sheet zoho-show
zoho-wiki zoho-writer;

tcp/443: adobe-connectnow-file-transfer adobe-creative-cloud-base adobe-creative-cloud-uploading alfresco appcelerator
appdynamics appguru apple-game-center apple-siri apple-vpp atlassian-bamboo-cloud authentic8-silo autodesk360-base
autodesk360-uploading backblaze-backup bitbucket-base bitbucket-uploading bitrix24 boxnet-consumer-access
boxnet-downloading boxnet-enterprise-access boxnet-sharing browsec c9-trader celoxis checkpoint-vpn clarizen cloud9
cloudcherry cloudsigma cloudup concur-downloading concur-editing concur-uploading cylance datadog dotvpn dropboks
e-signlive egnyte-downloading egnyte-editing egnyte-posting egnyte-sharing egnyte-uploading engineyard esnips
facebook-video facebook-voice filesanywhere filestack-base filestack-downloading filestack-uploading finch foldershare
front fuze-meeting-file-sharing genesys-desktop-sharing github-downloading github-editing github-posting
github-uploading globalmeet-file-transfer gmail-downloading gmail-posting gmail-uploading google-app-engine-uploading
google-cloud-print google-location-service google-plus-base google-plus-email google-plus-posting
google-spaces-posting gotomypc-desktop-sharing gotowebinar-downloading gotowebinar-uploading hightail-uploading
homepipe hopster hp-eprint-service hushmail im-plus imo informatica-cloud intacct join-me-file-transfer lantern
logentries lotuslive-inotes lotuslive-meeting magfs magister malwarebytes mega-base meldium ms-exchange-admin-center
ms-lync-online-apps-sharing ms-lync-online-file-transfer ms-onenote ms-spynet ms-sstp mygreenpc nasuni
nateon-desktop-sharing netsuite onepagecrm opendoor opera-vpn paloalto-updates paloalto-wildfire-cloud pan-db-cloud
panos-global-protect party-poker powow-file-transfer projectplace pushbullet quip rally-software secure-access
securemeeting send-anywhere sendgrid sendthisfile-uploading seven-email sfax sharevault-base sharevault-file-transfer
skytap slack-base slack-file-transfer spanning square srvdir ssl startmail sumo-logic supremo syncplicity
teamup-calendar-uploading telex tenable-security-center tibbr tor2web totoexpress touchdown trendmicro-safesync
trueshare unyte vine-posting wallcooler-vpn webex-chat webex-desktop-sharing webex-file-sharing webex-whiteboard
webroot-secureanywhere whatsapp-file-transfer wickr windows-push-notifications wire wiredrive xero yuuguu;

tcp/dynamic: absolute-manage adobe-flash-socketpolicy-server air-video backup-exec blackboard buddybuddy-base
commvault cotp couchbase-server daum-touch demonsaw direct-connect dynatrace-app-monitoring eiq-sec-analyzer
enhanced-file-transfer epic ezpeer filemaker-pro freeetv fuze-meeting-desktop-sharing glide gotomypc-base gridftp
groupmax h.245 hl7 hp-data-protector hulft ibm-clearquest ibm-soliddb ibm-websphere-mq icap iec-60870-5-104-base
inforeach informix innovative irc-dcc-chat irc-dcc-file-transfer irc-dcc-whiteboard jenkins jmux justin.tv
kakaotalk-base kakaotalk-file-transfer lawson-m3 lifesize live-mesh-sync localtunnel marklogic-xdbc mediafire
meeting-maker megashares move-networks ms-dtc ms-frs ms-iis ms-lync-apps-sharing ms-lync-file-transfer
ms-service-controller ms-win-dns ms-wins ms-wmi msn2go myspace-im nagios net.tcp netware-remote-console ngrok
noteworthy-base officehard ooyala opc oracle-forms origin orion-rhapsody peercast perfect-dark phonemypc pogo
poker-stars print-over-ms-smb proxono psiphon qik-base relp rift rmi-iiop roundcube saxopress scotty sharepoint-admin
sharepoint-base sharepoint-blog-posting sharepoint-calendar sharepoint-documents sharepoint-wiki sourcefire-fireamp
spector360 spirent stratum-mining-protocol streamaudio talkbox teamcenter tinyvpn tor tvu voddler warcraft webot
weiyun-base winbox winny yantra yy-voice-games zalo-base zenmate;

udp/dynamic: aim-audio baidu-hi-audio-video blin citrix-provisioning cygnet-scada dtls freenet generic-p2p h.248
ichat-av italkbb-chinese-tv keyholetv megachat mpeg-ts ms-lync-audio ms-lync-video ms-ocs-audio ms-ocs-video msn-video
netflow pp-accelerator rstatd rtcp rtmfp rtp-base rusers sip-application sip-message skype-probe speedvpn subspace
unknown-p2p wechat-audio-video wechat-video whatsapp-voice zalo-audio-video zmaap;

tcp/dynamic udp/dynamic: airtime ali-wangwang-audio-video ali-wangwang-file-transfer alpemix ares azureus
baidu-hi-file-transfer baofeng battlefield2 bfcp bittorrent bittorrent-sync camfrog chrome-remote-desktop
cyberghost-vpn emc-networker emule fetion-base filecatalyst-direct fileguri freegate fring gadu-gadu gbridge gizmo
gnutella gtalk-file-transfer gtalk-voice hotspot-shield i2p ip-messenger-base jxta kakaotalk-audio-chat kontiki kugoo
lanschool league-of-legends mount ms-exchange ms-lync-base msrpc nateon-audio-video net2phone nimbuzz nomachine oovoo
pichat pplive ppstream purple-p3 qq-audio-video qq-file-transfer qq-rdp rpc rtp-audio rtp-video security-kiss
share-p2p sightspeed skype sopcast source-engine synology-cloudstation tvants ultrasurf uusee viber-base vidyo vnn
vzochat wuala xunlei ypserv yy-voice-base;
`;
