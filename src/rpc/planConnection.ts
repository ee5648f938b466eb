import { z } from 'zod'
import { strict } from './strict.ts'

/* A plan file's connections, by their kinds. */

export const text = z.string().min(1)
export const filePath = text.describe('A path, relative to the plan file.')
const file = filePath

const fingerprint = z.string().regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, 'not a SHA-256 fingerprint (64 hexadecimal digits)')
/** A host, with its port where that isn't 443; an address by HTTPS is taken as its host. */
export const serverName = z.union([
  text.regex(/^[^\s/:@?#]+(:\d{1,5})?$/, 'neither a host name, with a port perhaps, nor an https:// address'),
  z
    .url({ protocol: /^https$/, error: 'neither a host name, with a port perhaps, nor an https:// address' })
    .transform(url => new URL(url).host),
])
export const httpsUrl = z.url({ protocol: /^https$/, error: 'not an https:// address' })
export const hostName = text.regex(/^[^\s/:@?#]+$/, 'not a host name; leave out the protocol, the port and the path')

export const secretReferenceSchema = z
  .union([
    strict({ file: file.describe('A file only you can read, relative to the plan file. Its form is told under `signIn`.') }),
    strict({ fd: z.int().min(0).max(1023).describe('A file descriptor that the command inherits, read once to its end.') }),
    strict({
      vault: z.literal(true).describe('Stored with `mailferry connection secret NAME`, sealed with a key in the system’s keychain.'),
    }),
    strict({ editor: z.literal(true).describe('VS Code keeps it; the command line can’t have it.') }),
  ])
  .describe('Where the secret is had when a run needs it. The secret itself never stands in a plan.')

const imapServer = strict({
  host: text.describe('Host name or address.'),
  port: z
    .int('not a port from 1 to 65535')
    .min(1, 'not a port from 1 to 65535')
    .max(65535, 'not a port from 1 to 65535')
    .optional()
    .describe('993 with implicit TLS and 143 otherwise, unless said.'),
  tls: z
    .enum(['implicit', 'starttls', 'none'])
    .optional()
    .describe('`implicit` (TLS from the first byte; usual), `starttls` (required, never downgraded) or `none` (needs `allowPlaintext`).'),
  allowPlaintext: z.boolean().optional().describe('Your consent to `tls: none`: passwords and mail travel readable.'),
  fingerprint: fingerprint.optional().describe('SHA-256 of the server’s certificate: trusted whatever else is said of it.'),
  caFile: file.optional().describe('A PEM file with authorities to trust beside the system’s, relative to the plan file.'),
  compress: z.boolean().optional().describe('COMPRESS=DEFLATE where the server has it; for slow networks.'),
})

const imapSignIn = z
  .discriminatedUnion('method', [
    strict({ method: z.literal('mailbox') }).describe(
      'Each mailbox with its own password. Secret: CSV with the header `mailbox,user,password`.',
    ),
    z.discriminatedUnion('actAs', [
      strict({ method: z.literal('admin'), user: text, actAs: z.literal('authzid') }).describe(
        'One account acts for everybody by SASL PLAIN’s authorization id. Secret: the password as the first line of a text file.',
      ),
      strict({ method: z.literal('admin'), user: text, actAs: z.literal('separator'), separator: text.describe('Usually `*`.') }).describe(
        'Dovecot’s master user, signing in as `mailbox*user`. Secret: the password as the first line of a text file.',
      ),
    ]),
    strict({ method: z.literal('token'), mechanism: z.enum(['XOAUTH2', 'OAUTHBEARER']).optional() }).describe(
      'Each mailbox with its own OAuth 2.0 access token. Secret: CSV with the header `mailbox,user,token`.',
    ),
  ])
  .describe('Whose sign-in opens the mailboxes.')

const exchangeServer = z
  .union([
    strict({
      autodiscover: strict({
        domain: hostName.describe('The domain of the mailboxes’ addresses.'),
        at: serverName
          .optional()
          .describe('The Autodiscover server to ask first, as `mail.example` or `mail.example:444`, where DNS doesn’t lead to it.'),
      }).describe('Found as Exchange’s own clients find it.'),
    }),
    strict({ host: hostName.describe('EWS lies under its usual path there: /EWS/Exchange.asmx.') }),
    strict({
      url: httpsUrl.describe('The EWS address: https://…/EWS/Exchange.asmx.'),
    }),
  ])
  .describe('Where Exchange Web Services are: by `autodiscover`, a `host`, or a `url`.')

const exchangeTrust = strict({
  fingerprints: z.array(fingerprint).optional().describe('SHA-256 of certificates that are trusted whatever else is said of them.'),
  caFile: file.optional().describe('A PEM file with authorities to trust beside the system’s, relative to the plan file.'),
  allowOldTls: z.boolean().optional().describe('Your consent to TLS 1.0 and 1.1, above which Exchange 2010 may know nothing.'),
})

const exchangeAdmin = strict({
  user: text.describe('User principal name, e-mail address, or `DOMAIN\\user`.'),
  method: z
    .enum(['basic', 'ntlm', 'bearer'])
    .optional()
    .describe('How it signs in: `ntlm` (unless said), `basic`, or `bearer`, a token that something else fetched.'),
  access: z
    .enum(['impersonation', 'delegate'])
    .optional()
    .describe('How it opens mailboxes: by the role ApplicationImpersonation (unless said), or by full access to each.'),
}).describe('The account that opens everybody’s mailbox. Secret: its password (or token) as the first line of a text file.')

const office365SignIn = z
  .discriminatedUnion('method', [
    strict({
      method: z.literal('application'),
      tenant: text.describe('Tenant id, or one of the tenant’s domains.'),
      clientId: text.describe('Application (client) id.'),
      credential: z.enum(['secret', 'certificate']),
    }).describe(
      'A registered application, which opens everybody’s mailbox (`mailferry office365 register-script` tells how). Secret: its client secret as the first line of a text file, or a PEM file with its private key and certificate.',
    ),
    strict({
      method: z.literal('admin'),
      user: text.describe('User principal name.'),
      clientId: text
        .optional()
        .describe('The public client that the refresh token was given to; without it, the secret is an access token.'),
    }).describe(
      'A person who signed in before, and opens what he himself may. Secret: the refresh token as the first line of a text file.',
    ),
  ])
  .describe('How it signs in.')

const origin = httpsUrl.regex(/^https:\/\/[^/?#@]+$/, 'only https:// and a host; leave out the path')

const office365At = strict({ login: origin, graph: origin, outlook: origin.optional() }).describe(
  'Other servers than Microsoft’s, for a test network.',
)

/** The national cloud a tenant is in, or what stands for it on a test network. */
export const office365Place = {
  cloud: z
    .enum(['global', 'usGov', 'usGovDoD', 'china'])
    .optional()
    .describe('The national cloud the tenant is in: `global` (unless said), `usGov` (GCC High), `usGovDoD`, or `china` (21Vianet).'),
  at: office365At.optional(),
  trust: strict({
    caFile: file.optional().describe('A PEM file with authorities to trust beside the system’s, relative to the plan file.'),
  }).optional(),
}

const common = {
  name: text.describe('Unique, without regard to case. A plan refers by it and never renames.'),
  role: z.enum(['source', 'target']).describe('Sources are only ever read.'),
}

export const planConnectionSchema = z
  .discriminatedUnion(
    'kind',
    [
      strict({ ...common, kind: z.literal('imap'), server: imapServer, signIn: imapSignIn, secret: secretReferenceSchema.optional() }),
      strict({
        ...common,
        kind: z.literal('exchange').describe('Exchange Server 2010 or later, by Exchange Web Services.'),
        server: exchangeServer,
        trust: exchangeTrust.optional(),
        admin: exchangeAdmin,
        secret: secretReferenceSchema.optional(),
      }),
      strict({
        ...common,
        kind: z.literal('office365').describe('Exchange Online, by Microsoft Graph.'),
        ...office365Place,
        signIn: office365SignIn,
        ews: z
          .literal(true)
          .optional()
          .describe(
            'Mail by Exchange Web Services in place of Graph, for a tenant that still allows them (`EWSEnabled`) and an application with `full_access_as_app`. Microsoft ends them on 1 April 2027. Not unless said.',
          ),
        secret: secretReferenceSchema.optional(),
      }),
    ],
    { error: issue => (issue.code === 'invalid_union' ? 'one of imap, exchange, office365' : undefined) },
  )
  .describe('A server that mailboxes are moved from or to.')
