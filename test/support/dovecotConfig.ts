import { join } from 'node:path'

export interface DovecotOptions {
  /** User → password. */
  readonly users?: Readonly<Record<string, string>>
  /** A password with which every other user name signs in, too. */
  readonly anyUser?: string
  /** What CAPABILITY answers instead of everything Dovecot can do; the way to take extensions away. */
  readonly capability?: string
  /** An account that may act for everybody, as `user*master` and by SASL PLAIN's authorization id. */
  readonly masterUser?: { readonly user: string; readonly password: string; readonly separator?: string }
  /** Accepts XOAUTH2 and OAUTHBEARER with the tokens of `server.token(user)`. */
  readonly tokens?: boolean
  /** `implicit` and `starttls` both open the TLS port and offer STARTTLS; `none` has no certificate. Default `none`. */
  readonly tls?: 'implicit' | 'starttls' | 'none'
  /** Host names and addresses in the certificate. Default 127.0.0.1 and localhost. */
  readonly certificateNames?: readonly string[]
  readonly certificateExpired?: boolean
  /** Default `maildir`. */
  readonly mailFormat?: 'maildir' | 'mdbox' | 'sdbox'
  /** Default `/`. */
  readonly separator?: '/' | '.'
  /** Personal namespace's prefix, separator included, e.g. `INBOX.`. */
  readonly namespacePrefix?: string
  /** Drafts, Junk, Trash, Sent and Archive exist from the start and carry their SPECIAL-USE. */
  readonly specialUse?: boolean
  /** Bytes each mailbox may hold. */
  readonly quota?: number
  /** Largest message taken, in bytes; announced as APPENDLIMIT. */
  readonly maxMessageSize?: number
  /** Connections a user may have at once from one address. */
  readonly connectionsPerUser?: number
  /** Writes to disk as a production server does. Default false: tests need no durable mail. */
  readonly fsync?: boolean
  /** Where mail and configuration lie; default a directory in memory where there is enough of it. */
  readonly parentDir?: string
  /** Address to listen on. Dovecot takes a connection as secure whose two ends have the same address. Default 127.0.0.1. */
  readonly host?: string
  /** Offers COMPRESS=DEFLATE. */
  readonly compress?: boolean
  readonly extraConfig?: string
}

export interface Place {
  readonly dir: string
  readonly host: string
  readonly port: number
  readonly tlsPort: number
  /** Whom mail processes run as; root is refused by Dovecot. */
  readonly mailUser: { readonly uid: number; readonly gid: number }
  /** Owner of Dovecot's other processes where it doesn't run as root. */
  readonly processUser: { readonly name: string; readonly group: string } | undefined
  readonly certificate?: { readonly certFile: string; readonly keyFile: string }
}

/** dovecot.conf of version 2.3 for one test server. */
export const dovecotConfig = (options: DovecotOptions, place: Place): string =>
  [
    main(options, place),
    namespace(options),
    authentication(options, place),
    services(options, place),
    plugins(options),
    options.extraConfig ?? '',
  ].join('\n')

const main = (options: DovecotOptions, { dir, host, certificate, processUser }: Place): string => `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
instance_name = mailferry-test
listen = ${host}
protocols = imap
${processUser ? unprivileged(processUser) : ''}
first_valid_uid = 1
mail_home = ${dir}/users/%u
mail_location = ${mailLocation(options)}
mail_fsync = ${options.fsync ? 'optimized' : 'never'}
mail_max_userip_connections = ${options.connectionsPerUser ?? 200}
${options.capability ? `imap_capability = ${options.capability}` : ''}
${certificate ? `ssl = yes\nssl_cert = <${certificate.certFile}\nssl_key = <${certificate.keyFile}` : 'ssl = no'}
`

const unprivileged = ({ name, group }: { name: string; group: string }): string => `
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
`

const mailLocation = ({ mailFormat = 'maildir', separator = '/' }: DovecotOptions): string =>
  `${mailFormat}:~/mail${mailFormat === 'maildir' && separator === '/' ? ':LAYOUT=fs' : ''}`

const namespace = ({ separator = '/', namespacePrefix = '', specialUse }: DovecotOptions): string => `
namespace inbox {
  inbox = yes
  separator = ${separator}
  prefix = ${namespacePrefix}
${specialUse ? ['Drafts', 'Junk', 'Trash', 'Sent', 'Archive'].map(specialFolder).join('\n') : ''}
}
`

const specialFolder = (name: string): string => `  mailbox ${name} {\n    auto = create\n    special_use = \\${name}\n  }`

const authentication = (options: DovecotOptions, { dir, mailUser }: Place): string => `
disable_plaintext_auth = no
auth_mechanisms = plain login ${options.tokens ? 'xoauth2 oauthbearer' : ''}
auth_failure_delay = 0
auth_username_chars =
auth_username_format = %u
${options.masterUser ? master(options.masterUser, dir) : ''}
passdb {
  driver = passwd-file
  args = ${dir}/passwd
}
${options.anyUser === undefined ? '' : `passdb {\n  driver = static\n  args = password=${options.anyUser}\n}`}
${options.tokens ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${dir}/oauth2\n}` : ''}
userdb {
  driver = static
  args = uid=${mailUser.uid} gid=${mailUser.gid} home=${dir}/users/%u
}
`

const master = ({ separator = '*' }: { separator?: string }, dir: string): string => `
auth_master_user_separator = ${separator}
passdb {
  driver = passwd-file
  args = ${dir}/masters
  master = yes
  result_success = continue
}
`

const services = (_options: DovecotOptions, { port, tlsPort, certificate, processUser }: Place): string => `
service imap-login {
  ${processUser ? 'chroot =' : ''}
  service_count = 0
  process_min_avail = 1
  client_limit = 1000
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${certificate ? tlsPort : 0}
    ssl = yes
  }
}
service imap {
  process_limit = 1000
}
service anvil {
  ${processUser ? 'chroot =' : ''}
  # Without the growing penalty for refused sign-ins of one address: all tests share theirs.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  ${processUser ? 'chroot =' : ''}
}
`

const plugins = ({ quota, maxMessageSize, compress, capability }: DovecotOptions): string => {
  const limited = quota !== undefined || maxMessageSize !== undefined
  return `
mail_plugins = ${limited ? 'quota' : ''}
protocol imap {
  mail_plugins = ${limited ? 'quota imap_quota' : ''} ${compress ? 'imap_zlib' : ''}
}
${limited ? quotaPlugin(quota, maxMessageSize) : ''}
${maxMessageSize !== undefined && capability === undefined ? `imap_capability = +APPENDLIMIT=${maxMessageSize}` : ''}
`
}

const quotaPlugin = (quota: number | undefined, maxMessageSize: number | undefined): string => `
plugin {
  quota = count:Mailbox
  quota_vsizes = yes
  quota_rule = *:bytes=${quota ?? 0}
  quota_grace = 0
  ${maxMessageSize === undefined ? '' : `quota_max_mail_size = ${maxMessageSize}`}
}
`

/** Users and passwords for Dovecot's passwd-file; base64, for a password may hold a colon. */
export const passwordFile = (users: Readonly<Record<string, string>>): string =>
  Object.entries(users)
    .map(([user, password]) => `${user}:{PLAIN.b64}${Buffer.from(password).toString('base64')}::::::\n`)
    .join('')

/** Checks tokens by their signature alone (RFC 7519, HS256), with the key in `keys/`. */
export const oauth2Config = (dir: string): string => `
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=${join(dir, 'keys')}/
username_attribute = sub
`
