/** What Autodiscover tells of one mailbox; an older server leaves some of it out. */
export interface UserSettings {
  readonly ewsUrl?: string
  /** The primary SMTP address. */
  readonly address?: string
  readonly displayName?: string
  readonly legacyExchangeDN?: string
  /** "Uniquely identifies the Exchange forest". */
  readonly deploymentId?: string
  /** The mailbox GUID, lower case. */
  readonly mailboxGuid?: string
}

/** One answer of Autodiscover. `elsewhere`: by address or by URL. `unknown`: this server has no such mailbox. */
export type AutodiscoverAnswer =
  | { readonly kind: 'settings'; readonly settings: UserSettings }
  | { readonly kind: 'redirectAddress'; readonly address: string }
  | { readonly kind: 'redirectUrl'; readonly url: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly reason: string }

/** What is read of an answer, by whatever name the flavour has for it. */
export interface RawSettings {
  readonly ewsUrl: string | undefined
  readonly address: string | undefined
  readonly displayName: string | undefined
  readonly legacyExchangeDN: string | undefined
  readonly deploymentId: string | undefined
  /** From Exchange 2013 on `guid@domain`, before a real server's name. */
  readonly mailboxServer: string | undefined
}

export function settingsFrom({ mailboxServer, ...raw }: RawSettings): UserSettings {
  const mailboxGuid = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(mailboxServer ?? '')?.[1]?.toLowerCase()
  return {
    ...Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== '')),
    ...(mailboxGuid !== undefined && { mailboxGuid }),
  }
}
