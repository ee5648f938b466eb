import type { Rule } from './trouble.ts'

/** What one kind of server is like, beyond the protocol. */
export interface Personality {
  readonly greeting: string
  readonly capabilities: readonly string[]
  readonly delimiter: string
  /** Of the personal namespace, delimiter included. */
  readonly prefix: string
  readonly literals: '+' | '-' | 'sync'
  /** Folders that are there from the start: name as on the wire → attributes. */
  readonly folders?: Readonly<Record<string, readonly string[]>>
  /** Keywords can't be stored: they vanish without a word, as PERMANENTFLAGS without `\*` allows. */
  readonly noKeywords?: boolean
  /** RFC822.SIZE is an estimate. */
  readonly wrongSizes?: boolean
  /** A refusal of these bytes, or nothing. */
  readonly refuses?: (body: Buffer) => string | undefined
  /** What is stored of the bytes that were sent. */
  readonly rewrites?: (body: Buffer) => Buffer
  /** A refusal of a new folder's name, or nothing. */
  readonly refusesName?: (name: string) => string | undefined
  /** A second message with the same Message-ID in one folder is taken for the first one. */
  readonly mergesDuplicates?: boolean
  readonly maxMessageSize?: number
  readonly quota?: number
  readonly connectionsPerUser?: number
  readonly rules?: readonly Rule[]
}

/** RFC 3501 and nothing else. */
export const bare: Personality = {
  greeting: 'OK IMAP4rev1 ready',
  capabilities: ['IMAP4rev1'],
  delimiter: '/',
  prefix: '',
  literals: 'sync',
}

/**
 * Exchange's IMAP service: no keywords, sizes that are estimates (`EnableExactRFC822Size` is off by default), no MULTIAPPEND, no LIST-STATUS,
 * no SPECIAL-USE, and a request for patience in its own words.
 */
export const exchangeLike: Personality = {
  greeting: 'OK The Microsoft Exchange IMAP4 service is ready.',
  capabilities: [
    'IMAP4',
    'IMAP4rev1',
    'AUTH=PLAIN',
    'SASL-IR',
    'UIDPLUS',
    'MOVE',
    'ID',
    'UNSELECT',
    'CHILDREN',
    'IDLE',
    'NAMESPACE',
    'LITERAL+',
  ],
  delimiter: '/',
  prefix: '',
  literals: '+',
  folders: {
    Calendar: [],
    Contacts: [],
    'Deleted Items': [],
    Drafts: [],
    'Junk Email': [],
    Notes: [],
    Outbox: [],
    'Sent Items': [],
    Tasks: [],
  },
  noKeywords: true,
  wrongSizes: true,
  maxMessageSize: 36_700_160,
}

/** Gmail: folders are labels under a folder that can't be selected, and a message with a known Message-ID isn't stored again. */
export const gmailLike: Personality = {
  greeting: 'OK Gimap ready for requests from 127.0.0.1',
  capabilities: [
    ...['IMAP4rev1', 'UNSELECT', 'IDLE', 'NAMESPACE', 'QUOTA', 'ID', 'CHILDREN', 'UIDPLUS', 'ENABLE', 'MOVE', 'CONDSTORE', 'ESEARCH'],
    ...['LIST-EXTENDED', 'LIST-STATUS', 'LITERAL-', 'SPECIAL-USE', 'APPENDLIMIT=35651584', 'AUTH=PLAIN', 'SASL-IR'],
  ],
  delimiter: '/',
  prefix: '',
  literals: '-',
  folders: {
    '[Gmail]': ['\\HasChildren', '\\Noselect'],
    '[Gmail]/All Mail': ['\\All'],
    '[Gmail]/Drafts': ['\\Drafts'],
    '[Gmail]/Sent Mail': ['\\Sent'],
    '[Gmail]/Spam': ['\\Junk'],
    '[Gmail]/Starred': ['\\Flagged'],
    '[Gmail]/Trash': ['\\Trash'],
  },
  mergesDuplicates: true,
  maxMessageSize: 35_651_584,
}

/** Courier: `.` between names, everything below INBOX, only synchronising literals, `/` refused in names. */
export const courierLike: Personality = {
  greeting: 'OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE QUOTA IDLE] Courier-IMAP ready.',
  capabilities: ['IMAP4rev1', 'UIDPLUS', 'CHILDREN', 'NAMESPACE', 'QUOTA', 'IDLE'],
  delimiter: '.',
  prefix: 'INBOX.',
  literals: 'sync',
  folders: { 'INBOX.Trash': [], 'INBOX.Sent': [], 'INBOX.Drafts': [] },
  refusesName: name =>
    /[/~:]/.test(name) ? 'NO Invalid mailbox name.' : name.startsWith('INBOX.') ? undefined : 'NO Access denied for CREATE.',
}

/** Cyrus: everything below INBOX with `.`, and a strict eye on what a message may be made of. */
export const cyrusLike: Personality = {
  greeting: 'OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE] mail Cyrus IMAP 2.5 server ready',
  capabilities: [
    ...[
      'IMAP4rev1',
      'LITERAL+',
      'ID',
      'ENABLE',
      'QUOTA',
      'NAMESPACE',
      'UIDPLUS',
      'UNSELECT',
      'CHILDREN',
      'MULTIAPPEND',
      'CONDSTORE',
      'ESEARCH',
    ],
    ...['LIST-EXTENDED', 'LIST-STATUS', 'SPECIAL-USE', 'AUTH=PLAIN', 'SASL-IR', 'IDLE'],
  ],
  delimiter: '.',
  prefix: 'INBOX.',
  literals: '+',
  refuses: body =>
    body.includes(0)
      ? 'NO Message contains NUL characters'
      : /[^\r]\n/.test(body.toString('latin1'))
        ? 'NO Message contains bare newlines'
        : /[\x80-\xff]/.test(body.toString('latin1').split('\r\n\r\n', 1)[0] ?? '')
          ? 'NO Message contains non-ASCII characters in headers'
          : undefined,
  refusesName: name => (/[%*\x7f-\xff]/.test(name) ? 'NO Invalid mailbox name' : undefined),
}
