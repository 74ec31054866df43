/**
 * Predefined applications with default ports of their own: `name ports;`, where `name-{a b}` is `name-a` and `name-b`. See
 * applications-predefined.ts for the source and its date. `ip/47` is an IP protocol, `icmp/8` a type of ICMP.
 */
export const OWN_PORTS = `
mqtt tcp/1883,8883,8884; amqp tcp/5671,5672; rabbitmq tcp/5671,5672; jabber tcp/443,5222,5223,5269,5270; websocket
tcp/80,443,8080; redis tcp/6379,6380,26379; swiftmq tcp/4001,4002; google-cloud-messaging tcp/443,5228-5230;
apple-push-notifications tcp/443,2195,2196,5223; spark-im-base tcp/5222,5223; spark-im-file-transfer
tcp/5222,5223,7777; tinder tcp/80,443,8883; epmd tcp/4369; apache-zookeeper tcp/2181,3181,4181; ca-mq-service
tcp/4105; t3 tcp/7001;

8x8 tcp/80,443,5199,5222,8243,8343,8443 udp/5199; aerofs tcp/80,443,3478,4433,5222,8084,8888,29438; chaton
tcp/80,443,5223; chikka-messenger tcp/80,5222; cryptocat tcp/443,5222; desktoptwo tcp/80,443,5222; facetime
tcp/80,443,4080,5223 udp/dynamic; google-base tcp/80,443,5222-5224,5228,5229; google-hangouts-base tcp/80,443,5222;
google-talk-base tcp/80,443,5222,5223,5228; gtunnel tcp/5222; hipchat-base tcp/80,443,5222,5223 udp/dynamic;
hyves-chat tcp/80,5222; kik tcp/80,443,5222,5223; mobile-me tcp/80,443,993,5223; naver-line tcp/80,443,5223,5242,9418
udp/dynamic; pagekite tcp/22,79,80,443,843,2222,3000,4545,5222,5223,5269,5760,6667,8000,8080,8081,9292,25565;
playstation-network tcp/80,443,3478-3480,5223,8080 udp/3478,3479; pocketcloud tcp/443,3389,5222,5228 udp/dynamic;
renren-im tcp/80,5222; sina-uc-base tcp/80,443,5222,9000 udp/dynamic; threema tcp/443,5222; tigertext tcp/443,5222;
whatsapp-base tcp/80,443,5222,5223; google-play tcp/80,443,5228 udp/5228; hp-virtual-rooms tcp/80,443,5228;

active-directory tcp/135,138,139,389,445,464,636,1025-5000,5722,9389,49152-65535 udp/88,123,137,138,389,445,464,2535;
ms-netlogon tcp/135,139,445,1025-5000,49152-65535 udp/137,138,445; msn-file-transfer tcp/443,1863,1025-65535
udp/1025-65535; ndmp tcp/1025-5000,10000; progress-openedge tcp/1025-5000,9001; vagaa tcp/1000-4500 udp/2000-2200;
dlms tcp/10000-60000; veeam tcp/2500-5000,9392,9393; niconico-douga tcp/80,1935,2525-2899; imesh
tcp/80,443,1863,4000-4999,6346-6351,4661,4662,4671 udp/6346-6351,4665,4672; sap
tcp/80,3200-3399,3600-3699,4800-4899,8000,8001,8010,8080,8100-8199,8443,50000-59914; mosh udp/60000-61000;
oracle-essbase tcp/32768-33768; elastic-search tcp/9200-9300; bloomberg-professional tcp/80,443,8001-8299
udp/48129-48137;

web-crawler tcp/80,443,8080; http-proxy tcp/80,443,1080,3128,8000,8080; socks tcp/1080; limelight tcp/80,443,8080;
speedtest tcp/80,8080; ms-update tcp/80,443,8530,8531; quic udp/80,443; webex-base tcp/80,443,1270 udp/8070,8090,9000;
gmail-base tcp/80,443,465,587,993,995; outlook-web-online tcp/80,443,587,993,995; icloud-mail tcp/80,443,587,993;
hotmail tcp/80,443,995; yahoo-mail tcp/80,143,443,465,993; salesforce-base tcp/80,443,4309; apple-appstore
tcp/80,443,dynamic; google-duo tcp/443 udp/19305; google-hangouts-audio-video tcp/80,443 udp/19302-19309;
google-spaces-base tcp/443 udp/443; google-voice-actions tcp/443,14259; fuze-meeting-base tcp/443,dynamic; gotomeeting
tcp/80,443,1853 udp/1853; gotowebinar-base tcp/80,443 udp/1853; gotoassist tcp/80,443,8200; gotomypc-{file-transfer
printing remote-control} tcp/443,8200; logmein tcp/80,443,1152,1153 udp/1152,1153; logmeinrescue tcp/80,443
udp/dynamic; zoom tcp/80,443,3478,3479,8801,8802 udp/dynamic; discord tcp/80,443 udp/dynamic; slack-call tcp/80,443
udp/22466; join-me-base tcp/80,443 udp/dynamic; bluejeans tcp/80,443,5061 udp/dynamic; cisco-spark-audio-video
tcp/5004,33434 udp/5004,33434; teamviewer-{base sharing} tcp/80,443,5938 udp/dynamic; teamviewer-remote-control
tcp/80,5938 udp/dynamic; anydesk tcp/80,443,7070; ammyy-admin tcp/80,443,5931,8080; dropbox-base tcp/80,443,17500
udp/17500; dropbox-lansync-discovery udp/17500; spotify tcp/80,dynamic udp/57621; rtmp tcp/80,443,1935; rtmpe
tcp/80,443,1935; hulu-{base posting} tcp/80,443,1935; twitch tcp/80,443,1935; vimeo-{base uploading} tcp/80,443,8080;
adobe-{meeting meeting-remote-control meeting-uploading connectnow-base} tcp/80,443,1935; shoutcast tcp/80,8000,8001
udp/8000,8001; icecast tcp/80,8000; xbox-live tcp/80,443,3074 udp/88,3074; nintendo-wfc tcp/80,443 udp/27901;
minecraft tcp/80,443,25565; steam tcp/80,443,27014-27050 udp/3478,4379,4380,27000-27036; worldofwarcraft
tcp/80,443,3724,6112,6881-6999; battle.net tcp/80,1119; crashplan tcp/443,4282; windows-azure-base tcp/80,443,8443;
windows-azure-service-updates tcp/9352; amazon-workspace tcp/443,4172; aim-{base file-transfer} tcp/80,443,5190-5199;
docuware tcp/9000,9001; icq tcp/5190-5199; msn-base tcp/80,443,1863,7001 udp/7001; msn-voice tcp/80,1863 udp/dynamic;
yahoo-im-base tcp/80,443,5050,5101; yahoo-voice tcp/5001; yahoo-webcam tcp/5100; qq-base tcp/80,443,8000,8080
udp/dynamic; wechat-base tcp/80,443,5000,8080,12121 udp/dynamic; wechat-file-transfer tcp/80,443,8080; viber-voice
tcp/443 udp/dynamic; signal tcp/443,31337 udp/dynamic; lotus-sametime tcp/80,443,1533; lotus-notes-base
tcp/80,139,443,1352 udp/1352; trillian tcp/dynamic udp/dynamic; ringcentral tcp/80,443,5060-5091,5096,5099
udp/5060-5091,5096,5097,5099; live-meeting tcp/80,443,3478,8000-8100; ms-lync-content-sharing tcp/443,8057; ms-ocs
tcp/5060,5061,8057 udp/dynamic; ms-ocs-file-transfer tcp/6891; ms-groove tcp/80,2492;

dns tcp/53 udp/53,5353; dnscrypt tcp/443 udp/53,443; dhcp tcp/67,68 udp/67,68; dhcpv6 udp/546,547; ntp tcp/123
udp/123; tftp tcp/69 udp/69; ftp tcp/21; ssh tcp/22; ssh-tunnel tcp/22; telnet tcp/23; smtp tcp/25,587; pop3 tcp/110;
imap tcp/143; nntp tcp/119; gopher tcp/70; finger tcp/79 udp/79; whois tcp/43; time tcp/37 udp/37; daytime tcp/13
udp/13; echo tcp/7 udp/7; discard tcp/9 udp/9; chargen tcp/19 udp/19; wins tcp/42; snmp-base tcp/161 udp/161; snmpv1
tcp/161 udp/161; snmpv2 tcp/161 udp/161; snmpv3 tcp/161 udp/161; snmp-trap tcp/162 udp/162; syslog tcp/1468,1514,6514
udp/514,1514; netbios-ns tcp/137 udp/137; netbios-dg udp/138; netbios-ss tcp/139; llmnr tcp/5355 udp/5355; ldap
tcp/389,636,3268,3269 udp/389,3268; kerberos tcp/88,464,749,750 udp/88,464,749,750; radius udp/1645,1646,1812,1813;
radius-dynamic-authorization udp/1700,3799; tacacs tcp/49; tacacs-plus tcp/49; diameter-base tcp/3868; securid
udp/5500; siteminder tcp/44441-44443; bgp tcp/179 udp/179; bfd udp/3784,3785,4784; rip udp/520; ripng udp/521; hsrp
udp/1985; msdp tcp/639; stun tcp/3478 udp/3478; ssdp tcp/1900 udp/1900; upnp tcp/2869 udp/1900; slp tcp/427 udp/427;
portmapper tcp/111 udp/111; nfs tcp/2049 udp/2049; rsync tcp/873 udp/873; afp tcp/548 udp/548; iscsi tcp/3260;
ms-ds-smb-base tcp/139,445 udp/445; ms-ds-smbv{1 2 3} tcp/139,445 udp/445; ms-scheduler tcp/135,445; ms-kms tcp/1688;
ms-rdp tcp/3389 udp/3389; ms-sms tcp/80,443,2701-2704,8530,8531,10123 udp/2701-2704; ms-scom tcp/1270,5723,5724,51909;
ms-exchange-mrs tcp/80,443,808,dynamic; ms-sql-analysis-service tcp/2383; ms-dpm tcp/5718,5719; ms-hyper-v-vm-connect
tcp/2179; ms-visual-studio-tfs tcp/8080; windows-remote-management tcp/5985,5986; r-exec tcp/512; r-services
tcp/512,514; rsh tcp/514; rlogin tcp/221,513 udp/221; klogin tcp/543; eklogin tcp/2105; x11 tcp/6000-6063; xdmcp
udp/177; vnc-base tcp/5500,5900,5901; vnc-{clipboard encrypted filetransfer print} tcp/5900,5901; vnc-chat
tcp/5800,5900; vnc-http tcp/5800; radmin tcp/4899; citrix tcp/80,443,1494,1604,2512,2513,2598,3010,8080
udp/1494,1604,2512,2513,2598; citrix-jedi tcp/80,443,8200 udp/8200; citrix-license-server tcp/7279,27000; pcoip
tcp/4172,50002 udp/4172,50002; vmware tcp/80,443,902 udp/902; vmware-view
tcp/80,443,3389,4001,4002,8009,9427,18443,32111; vmware-vmotion tcp/8000; vmware-vsphere-web-client tcp/9443;
pcanywhere-base tcp/5631,65301 udp/22,5632; pcanywhere-{file-transfer remote-control} tcp/5631; screenconnect
tcp/80,443,8040,8041; apple-remote-desktop tcp/3283,5900 udp/3283; apple-airport udp/192; apple-airplay
tcp/80,5000,7100 udp/7010,7011;

mssql-db tcp/1433 udp/1433; mssql-mon udp/1434; mysql tcp/3306; postgres tcp/5432; oracle tcp/1521; db2
tcp/50000,60000; mongodb tcp/27017; sybase tcp/1498,2439,2638,5000; teradata tcp/1025; vertica tcp/5433; maxdb
tcp/7210; gds-db tcp/3050; drda tcp/55000; amazon-redshift tcp/5439; cassandra
tcp/7000,7199,8888,9042,9160,61620,61621; memcached tcp/11211 udp/11211; aerospike tcp/3000; hbase tcp/60000,60020;
hadoop-mapreduce tcp/8021,8023,9290,50030,50060; hdfs
tcp/8020,8022,9000,50010,50020,50070,50075,50090,50105,50470,50475; apache-solr tcp/80,443,7574,8983,8984;
apache-jserv tcp/8009; corba tcp/900; intersystems-cache tcp/1972,57772; osisoft-pi tcp/5450; splunk
tcp/8000,8089,9997,9998; zabbix tcp/80,10050,10051; saltstack tcp/4505,4506; collectd udp/25826; munin tcp/4949; sflow
udp/6343; tanium tcp/8080,8081,17440,17443,17444,17472; netbackup tcp/1556,10082,10102,13722,13724,13782; bacula
tcp/9101-9103; tivoli-storage-manager tcp/1500,1501,1580,1583; emc-data-domain tcp/2051; snapmirror
tcp/10566,11104,11105; avamar tcp/7778,7779,8181,8444,8543,8580,8778-8781,9443,27000,28001,28002,29000; rmcp udp/623;
hp-ilo tcp/623,17988,17990; dell-drac tcp/443,5900; ipp tcp/631 udp/631; lpd tcp/515; cups udp/631; hp-jetdirect
tcp/9100; postscript-pdl tcp/9100; zpl tcp/9100; git-base tcp/80,443,9418; github-base tcp/22,80,443,9418;
subversion-base tcp/80,443,3690 udp/3690; subversion-uploading tcp/80,443,3690; mercurial-{base uploading}
tcp/80,443,8000; perforce tcp/1666; cvs tcp/2401 udp/2401; yum tcp/21,80; as2 tcp/80,443,4080,5443; dicom
tcp/104,2761,2762,11112; symantec-endpoint-manager tcp/80,8014,8443,8445,9090 udp/39999; symantec-syst-center tcp/2967
udp/2967; mcafee-epo-admin tcp/443,8081,8082,8443,8444; tenable-nessus tcp/443,8834; sophos-update tcp/80,139;
sophos-live-protection tcp/80,443 udp/53; checkpoint-cpmi tcp/18190; checkpoint-logging tcp/257;
meraki-cloud-controller tcp/80,443,993,7734,7752 udp/7351,9350,32768-61000; paloalto-autofocus tcp/80,443,10443;
paloalto-traps tcp/80,2125; paloalto-userid-agent tcp/2009,5006,5007; panorama tcp/3978,28769,49160,49190; capwap
udp/5246,5247; lwapp udp/12222,12223; aruba-papi udp/8211; wccp udp/2048; iperf tcp/5001,5201 udp/5001,5201; vxlan
udp/4789; teredo udp/3544;

sip tcp/5060 udp/5060; sip-trunk tcp/5060 udp/5060; sccp tcp/2000; mgcp tcp/2428 udp/2427,2727; h.225 tcp/1720
udp/1719,1720; h.323 tcp/1720,1731; t.120 tcp/1503,3389; t.38 tcp/6004 udp/6004; rtsp tcp/554 udp/554; asterisk-iax
udp/4569; mms tcp/1755; unistim udp/5000,5100; irc-base tcp/6665-6669; smpp tcp/2775; uucp tcp/540 udp/540; ike
tcp/500 udp/500; ipsec-esp-udp udp/4500,4501; ciscovpn tcp/500,2512,4500,10000 udp/4500,10000,62514-62524; open-vpn
tcp/443,1194 udp/1194; pptp tcp/1723; gtp-base tcp/3386 udp/2123,2152,3386; gtp-u udp/2152; gtpv1-c udp/2123; gtpv2-c
udp/2123; gtpv0 tcp/3386 udp/3386; gtp-prime tcp/3386 udp/3386; traceroute icmp/dynamic icmp6/dynamic udp/33434-33534;
netvmg-traceroute udp/33435; fcip tcp/3225 udp/3225; hamachi tcp/10080,12975 udp/17771; bitcoin
tcp/3333,8332,8333,18333; litecoin tcp/9333; soulseek tcp/2230-2250; kazaa tcp/1214,1903; fasttrack tcp/1214 udp/1214;
stealthnet tcp/80,6097; flashget tcp/80 udp/dynamic;

modbus-{base encapsulated-transport mask-write-register read-coils read-discrete-inputs read-fifo-queue
read-file-record read-holding-registers read-input-registers read-write-register write-file-record
write-multiple-coils write-multiple-registers write-single-coil write-single-register} tcp/502; dnp3-base tcp/20000
udp/20000; dnp3-{abort-file assign-class authenticate-file close-file cold-restart confirm delay-measurement
delete-file direct-operate direct-operate-no-resp disable-unsolicited enable-unsolicited freeze freeze-at-time
freeze-clear get-file-information initialize-application initialize-data open-file operate read record-current-time
save-configuration select start-application stop-application warm-restart write} tcp/20000; bacnet-base tcp/47808
udp/47808; bacnet-{ack-alarm add-list-element atomic-read-file atomic-write-file read-prop-multiple read-property
read-range reinitialize-device subscribe-cov write-prop-multiple write-property} udp/47808; iccp-base tcp/102;
siemens-s7-{base check-password-set read setup-communication start status-controller stop} tcp/102; x.400 tcp/102;
cip-ethernet-ip tcp/2222,44818 udp/2222; profinet udp/34964; 104apci-{supervisory unnumbered} tcp/2404;
ieee-c37.118-synchrophasor tcp/4712 udp/dynamic; ge-historian tcp/14000;

icmp ip/1; ping icmp/8; ipv6-icmp ip/58; igmp ip/2; ip-in-ip ip/4; egp ip/8; igp ip/9; dccp ip/33; idpr ip/35; ipv6
ip/41; ipv6-route ip/43; ipv6-frag ip/44; rsvp ip/46; gre ip/47; dsr ip/48; ipsec-esp ip/50; ipsec-ah ip/51; swipe
ip/53; mobile ip/55; skip ip/57; ipv6-nonxt ip/59; ipv6-opts ip/60; eigrp ip/88; ospf ip/89; ospfigp ip/89; ipip
ip/94; etherip ip/97; pim ip/103; ipcomp ip/108; vrrp ip/112; pgm ip/113; l2tp ip/115; isis ip/124; sctp ip/132;
fibre-channel ip/133; udplite ip/136; mpls-in-ip ip/137; manet ip/138; hip ip/139; shim6 ip/140; wesp ip/141; rohc
ip/142;
`;
