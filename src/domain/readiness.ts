/** One thing that was looked at before a mailbox is moved, or that can't be. */
export interface ReadinessFinding {
  readonly about:
    | 'mailbox'
    | 'licence'
    | 'provisioning'
    | 'location'
    | 'hold'
    | 'archivePolicy'
    | 'archive'
    | 'recoverableItems'
    | 'forwarding'
    | 'rules'
    | 'delegates'
    | 'maxReceiveSize'
    | 'quota'
  /** `note`: fine, and not what one might expect. `blocking`: nothing can be written before somebody acts. `notExamined`: the server doesn't tell; `look` says where it stands. */
  readonly state: 'fine' | 'note' | 'attention' | 'blocking' | 'notExamined'
  readonly detail: string
  /** The PowerShell line to look at it with. */
  readonly look?: string
}
