/** A file in an item. Items within items come and go as the files (`message/rfc822`) that they are in MIME. */
export interface Attachment {
  readonly number: number
  readonly name: string
  readonly contentType: string
  readonly contentId: string | undefined
  readonly isInline: boolean
  /** Bytes. */
  readonly size: number
  /** Decoded only when it is asked for: it may lie in the item's MIME. */
  readonly content: () => Buffer
  /** Milliseconds since the epoch. */
  readonly modified: number
}
