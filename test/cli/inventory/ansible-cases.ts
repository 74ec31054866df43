/**
 * Inventories that are easily read in another way than Ansible reads them. The first file of each is the inventory; what
 * Ansible makes of them is in `ansible-expected.txt`.
 */
export const ANSIBLE_CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ranges and ports': {
    hosts: `[g]
fw[01:05:2].example:2222
[a:c]x
a[1:3:2]b
r[1:2]-[x:y]:22
s[Y:Z]
n[:1]
10.0.0.[8:10]
[2001:db8::1]:2022
2001:db8::2
2001:db8::[8:9]
[plain]:23
w_1:0024
zero:0
`,
  },
  'values of hosts are words of a shell, then literals of Python': {
    hosts: `a ansible_user="net audit" ansible_port="22"   # note
b ansible_user=x#y
c ansible_user='x#y' ansible_host=0x10
d ansible_user="it's" ansible_host=1.10
e ansible_user=ne"t  a"udit ansible_host=1_0
f ansible_user=a\\ b ansible_host=1e3
g ansible_user='"quoted"' ansible_host=010
h ansible_user="a=b" ansible_port=0x16
i ansible_user=None ansible_host="'in' 'two'"
j ansible_user=12345678901234567890 ansible_host=1:20:30
`,
  },
  'values of groups are literals of Python alone': {
    hosts: `[a]
a1
[b]
b1
[c]
c1
[a:vars]
ansible_user=plain # no comment
ansible_port=22 # comment
ansible_host="quoted" # comment
[b:vars]
ansible_user = "net audit"
ansible_host='a' 'b'
ansible_port	=	'2022'
[c:vars]
ansible_user="open
ansible_host='\\x66w\\t\\d'
brokerfence_contexts=['a', 'b']
`,
  },
  'lists and mappings': {
    hosts: `[g]
a brokerfence_contexts="['a','b']"
b brokerfence_contexts=a,b
c brokerfence_contexts="('x', 'y')"
d
[g:vars]
brokerfence_contexts='one',
`,
  },
  'precedence of groups': {
    hosts: `[a]
h1
h2
h3
[z]
h1
h2
h3
[under]
h2
[low]
h3
[top:children]
under
[under:vars]
ansible_user=deeper
[a:vars]
ansible_user=a
ansible_host=a.example
ansible_port=1
[z:vars]
ansible_user=z
ansible_host=z.example
ansible_port=2
ansible_group_priority=0
[low:vars]
ansible_user=low
ansible_port=3
ansible_group_priority=-1
[all:vars]
ansible_user=all
ansible_group_priority=99
`,
  },
  'the longest way counts, wherever it is said': {
    hosts: `[b:children]
c
[c:children]
d
[a:children]
d
[d]
h
[x]
h
[x:vars]
ansible_user=x
[d:vars]
ansible_user=d
ansible_port=4
[c:vars]
ansible_port=3
ansible_host=c.example
[a:vars]
ansible_host=a.example
`,
  },
  'sections in any order': {
    hosts: `[late:vars]
ansible_user=late
[parent:children]
late # below
  empty
[late]
h
[empty]
[parent:hosts]
p
[all:children]
parent
[late:vars]
ansible_port=22
`,
  },
  'ungrouped are those in no other group': {
    'hosts.yml': `ungrouped:
  hosts: {both: , alone: }
  vars: {ansible_user: ungrouped}
all:
  hosts: {top: , both: }
g:
  hosts: {both: }
`,
    'group_vars/ungrouped.yml': 'ansible_port: 2022',
  },
  'groups below ungrouped': {
    hosts: `both
alone
[u]
both
inner
[ungrouped:children]
u
[ungrouped:vars]
ansible_user=ungrouped
[u:vars]
ansible_port=2
`,
  },
  'a port counts where the host is first named': {
    hosts: '[a]\nh:2222\nk\nown:1 ansible_port=2\n[b]\nh:3333\nk:4444\nown:5\n',
  },
  'a host and a group of one name': {
    hosts: `[fw1]
fw1 ansible_host=192.0.2.1
fw2
[other]
sw1 ansible_host=192.0.2.2
[sw1]
x
[sw1:vars]
ansible_user=sw
[fw1:vars]
ansible_user=group
`,
    'group_vars/fw1.yml': 'ansible_port: 2022',
  },
  'a file of variables hides those behind it': {
    hosts: '[g]\nh\nk\n[e]\nm\n',
    'group_vars/g/b.yml': 'ansible_user: b',
    'group_vars/g/a.yaml': 'ansible_user: a\nansible_port: 1',
    'group_vars/g/sub/z.json': '{"ansible_host": "sub.example"}',
    'group_vars/g/old.d/z.yml': 'ansible_user: old',
    'group_vars/g/x.yml~': 'ansible_user: copy',
    'group_vars/g/x.txt': 'ansible_user: txt',
    'group_vars/g.yml': 'ansible_user: hidden',
    'group_vars/e.json': '{"ansible_user": "json"}',
    'group_vars/e.yaml': 'ansible_user: yaml',
    'group_vars/all': 'ansible_user: bare',
    'group_vars/all.yml': 'ansible_port: 9',
    'host_vars/k.yaml': 'ansible_user: yaml',
    'host_vars/k.yml': 'ansible_user: yml',
  },
  'names of files': {
    hosts: '[site-a]\nfw1.example\n2001:db8::1\n[dc/east]\nfw2\n',
    'group_vars/site-a.yml': 'ansible_user: dash',
    'group_vars/dc/east.yml': 'ansible_user: slash',
    'host_vars/fw1.example.yml': 'ansible_port: 1',
    'host_vars/2001:db8::1': 'ansible_port: 2',
  },
  'YAML as PyYAML reads it': {
    'hosts.yml': `all:
  hosts:
    a: {ansible_port: 010, ansible_user: 1e3, ansible_host: 0o17}
    b: {ansible_port: 0x16, ansible_user: 1_000, ansible_host: 1.10}
    c: {ansible_port: 0b11, ansible_user: 007, ansible_host: '010'}
    d: {ansible_port: 1:30, ansible_user: 1.5e+3, ansible_host: 1e16}
    e: {ansible_port: "0022", ansible_user: y, ansible_host: null}
    f: {ansible_port: +22, ansible_user: 1e+16, ansible_host: .5}
    g: {ansible_user: 1.0e+16, ansible_host: 08, brokerfence_legacy: on}
    h: {ansible_user: 2026-01-02, ansible_host: 12:30:45.5, brokerfence_legacy: No}
    i: {ansible_user: 00001.0e-05}
`,
  },
  'keys that merge': {
    'hosts.yml': `all:
  vars: &common {ansible_user: common, ansible_port: 1}
  hosts:
    a: {<<: *common, ansible_port: 2}
    b:
      ansible_host: b.example
      <<: [{ansible_host: x, ansible_user: first}, *common]
  children:
    g:
      hosts: {c: }
      vars:
        <<: *common
        ansible_user: own
`,
    'host_vars/c.yml': 'base: &base {ansible_host: c.example}\n<<: *base\n',
  },
  'one host or group without a colon': {
    'hosts.yml': 'g:\n  hosts: fw1\n  children: below\nbelow:\n  hosts: "fw[2:3]"\n  vars: {ansible_user: b}\n',
  },
  'groups again and again': {
    'hosts.yaml': `all:
  children:
    a: {children: {c: }}
    b:
      children:
        c: {hosts: {h: {ansible_user: first}}, vars: {ansible_host: c.example, ansible_port: 1}}
c:
  hosts:
    h: {ansible_user: second}
    k:
b:
  vars: {ansible_port: 2, ansible_group_priority: 5, brokerfence_contexts: [b]}
a:
  vars: {brokerfence_contexts: [a]}
`,
  },
  'JSON is YAML': {
    'hosts.json': '{"g": {"hosts": {"fw[1:2]": {"ansible_port": 22}}, "vars": {"ansible_user": "j"}}}',
  },
  'the form is in the content': {
    'hosts.yml': 'fw1:2222 ansible_user=x\n[g]\nfw2 ansible_host="a: b"\n',
  },
  'ends of lines of Windows': {
    hosts: '[g]\r\nh ansible_user=x\r\n\r\n[g:vars]\r\nansible_host="q"\r\nansible_port=22\r\n',
  },
  'arguments of ssh': {
    hosts: `[g]
a ansible_ssh_common_args='-o ProxyJump="u@j:22"'
b ansible_ssh_common_args="-J 'j k'"
c
[g:vars]
ansible_ssh_common_args="-J group"
`,
  },
};
