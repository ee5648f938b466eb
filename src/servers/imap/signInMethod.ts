import { MailferryError } from '../../domain/errors.ts'
import { type Credentials, loginOf } from './credentials.ts'

/** Capabilities as imapflow keeps them: upper case, `AUTH=PLAIN` and the like. */
type Capabilities = Map<string, boolean | number>

/**
 * The one mechanism to sign in with, as imapflow's `loginMethod`; nothing is tried after it. Throws `signIn.methodMissing` where the
 * server offers none that fits, since imapflow would then fall back: to LOGIN, which loses the authorization id and so opens the admin's mailbox.
 */
export function chooseMechanism(host: string, capabilities: Capabilities, credentials: Credentials): string {
  const offers = (mechanism: string) => capabilities.has(`AUTH=${mechanism}`)
  const missing = (method: string) => new MailferryError('signIn.methodMissing', { host, method, offered: offered(capabilities) })

  if (credentials.method === 'token') {
    const wanted = credentials.mechanism ? [credentials.mechanism] : ['OAUTHBEARER', 'XOAUTH2']
    const mechanism = wanted.find(offers)
    if (mechanism === undefined) throw missing(wanted.join(' or '))
    // imapflow prefers OAUTHBEARER wherever it is offered.
    if (mechanism === 'XOAUTH2') capabilities.delete('AUTH=OAUTHBEARER')
    return ''
  }
  if (credentials.method === 'admin' && credentials.actAs.by === 'authzid') {
    if (!offers('PLAIN')) throw missing('PLAIN with an authorization id')
    return 'AUTH=PLAIN'
  }
  const login = !capabilities.has('LOGINDISABLED')
  // Exchange understands `domain\admin\mailbox` in LOGIN alone.
  if (login && loginOf(credentials).includes('\\')) return 'LOGIN'
  if (offers('PLAIN')) return 'AUTH=PLAIN'
  if (login) return 'LOGIN'
  if (offers('LOGIN')) return 'AUTH=LOGIN'
  throw missing('PLAIN or LOGIN')
}

function offered(capabilities: Capabilities): string {
  const mechanisms = [...capabilities.keys()].filter(name => name.startsWith('AUTH=')).map(name => name.slice('AUTH='.length))
  return mechanisms.join(', ') || (capabilities.has('LOGINDISABLED') ? 'nothing without TLS' : 'LOGIN')
}
