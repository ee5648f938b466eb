import { z } from 'zod'
import type { Mailbox } from '../../domain/pair.ts'
import type { ReadinessFinding } from '../../domain/readiness.ts'
import { type Asking, read, refusalOf, shaped } from './graph/ask.ts'
import { countedAs } from './limits/limits.ts'
import { look } from './powerShell/look.ts'

const userSchema = z.object({
  id: z.string(),
  accountEnabled: z.boolean().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  assignedPlans: z.array(z.object({ service: z.string().nullish(), capabilityStatus: z.string().nullish() })).nullish(),
})

const settingsSchema = z.object({ userPurpose: z.string().nullish() })
const rulesSchema = z.object({
  value: z.array(
    z.object({
      isEnabled: z.boolean().nullish(),
      actions: z.object({ forwardTo: z.array(z.unknown()).nullish(), redirectTo: z.array(z.unknown()).nullish() }).nullish(),
    }),
  ),
})

type Finding = ReadinessFinding

/** What stands for or against moving mail into a mailbox, as far as Graph tells; what it doesn't is said to be not examined, with the line that shows it. */
export async function readiness(asking: Asking, mailbox: Mailbox): Promise<readonly Finding[]> {
  const key = encodeURIComponent(mailbox.id ?? mailbox.address)
  const question = { path: `/users/${key}?$select=id,accountEnabled,onPremisesSyncEnabled,assignedPlans`, needs: ['User.Read.All'] }
  const response = await read(asking, question)
  const lines = look(mailbox.address)
  if (response.status === 404) {
    return [{ about: 'mailbox', state: 'blocking', detail: 'there is nobody of that name in the tenant', look: lines.recipient }]
  }
  if (response.error !== undefined) throw refusalOf(asking, question, response)
  const user = shaped(asking, userSchema, response.json)
  const there = await lookInside(asking, key, mailbox, user)
  if (there.some(({ state }) => state === 'blocking')) return there
  return [...there, ...(await rules(asking, key, mailbox)), ...notExamined(mailbox)]
}

/** Whether there is a mailbox: only opening it tells. */
async function lookInside(asking: Asking, key: string, mailbox: Mailbox, user: z.infer<typeof userSchema>): Promise<Finding[]> {
  const lines = look(mailbox.address)
  const question = {
    path: `/users/${key}/mailFolders/inbox?$select=id`,
    mailbox: countedAs(mailbox),
    needs: ['Mail.ReadWrite', 'Mail.Read'],
  }
  const response = await read(asking, question)
  const licensed = (user.assignedPlans ?? []).some(plan => plan.service === 'exchange' && plan.capabilityStatus === 'Enabled')
  if (response.error !== undefined) {
    const error = refusalOf(asking, question, response)
    if (error.code !== 'mailbox.notOnline' && error.code !== 'mailbox.notFound') throw error
    return [noMailbox(licensed, user.onPremisesSyncEnabled === true, lines)]
  }
  const purpose = await purposeOf(asking, key, mailbox)
  const isPersons = purpose === 'user'
  return [
    {
      about: 'mailbox',
      state: purpose === undefined || isPersons ? 'fine' : 'note',
      detail: `there is a mailbox${purpose === undefined ? '' : ` (${purpose})`}`,
    },
    licence(licensed, isPersons, lines.recipient),
  ]
}

/** A mailbox outlives its licence by thirty days ("Delete a user from your organization"), and needs none where it is nobody's own. */
function licence(licensed: boolean, isPersons: boolean, line: string): Finding {
  const about = 'licence'
  if (licensed) return { about, state: 'fine', detail: 'a licence with Exchange Online is assigned' }
  return isPersons
    ? {
        about,
        state: 'attention',
        detail: 'no licence with Exchange Online any more: the mailbox of a person is deleted 30 days after it was taken away',
        look: line,
      }
    : { about, state: 'note', detail: 'no licence with Exchange Online; shared and room mailboxes need none below 50 GB' }
}

/** What the mailbox is for (`user`, `shared`, `room` …); nothing where that isn't told. */
async function purposeOf(asking: Asking, key: string, mailbox: Mailbox): Promise<string | undefined> {
  const response = await read(asking, { path: `/users/${key}/mailboxSettings`, mailbox: countedAs(mailbox) })
  return response.error === undefined ? (shaped(asking, settingsSchema, response.json).userPurpose ?? undefined) : undefined
}

/** Why there is a user, but no mailbox. */
function noMailbox(licensed: boolean, synchronised: boolean, lines: ReturnType<typeof look>): Finding {
  if (licensed && synchronised) {
    return {
      about: 'provisioning',
      state: 'blocking',
      detail:
        'licensed, but there is no mailbox: most likely an on-premises ExchangeGuid is synchronised, so that Exchange Online waits for a mailbox move and never makes one; else the mailbox still lives on-premises',
      look: lines.guid,
    }
  }
  if (licensed) {
    return {
      about: 'provisioning',
      state: 'blocking',
      detail: 'licensed, but there is no mailbox yet; making it takes minutes, seldom a day',
      look: lines.recipient,
    }
  }
  return synchronised
    ? {
        about: 'location',
        state: 'blocking',
        detail: 'no licence with Exchange Online, and synchronised from on-premises: the mailbox may live there',
        look: lines.guid,
      }
    : { about: 'licence', state: 'blocking', detail: 'no licence with Exchange Online, so there is no mailbox', look: lines.recipient }
}

async function rules(asking: Asking, key: string, mailbox: Mailbox): Promise<Finding[]> {
  const { address } = mailbox
  const response = await read(asking, { path: `/users/${key}/mailFolders/inbox/messageRules`, mailbox: countedAs(mailbox) })
  if (response.error !== undefined) return [{ about: 'rules', state: 'notExamined', detail: 'inbox rules', look: look(address).rules }]
  const enabled = shaped(asking, rulesSchema, response.json).value.filter(({ isEnabled }) => isEnabled !== false)
  const forwarding = enabled.filter(({ actions }) => (actions?.forwardTo?.length ?? 0) + (actions?.redirectTo?.length ?? 0) > 0)
  const counted: Finding = {
    about: 'rules',
    state: 'fine',
    detail: `${enabled.length} inbox rule${enabled.length === 1 ? '' : 's'}; rules are not migrated`,
  }
  if (forwarding.length === 0) return [counted]
  return [
    counted,
    {
      about: 'forwarding',
      state: 'attention',
      detail: `${forwarding.length} of the inbox rules forward or redirect mail`,
      look: look(address).rules,
    },
  ]
}

function notExamined({ address }: Mailbox): Finding[] {
  const lines = look(address)
  return [
    { about: 'hold', state: 'notExamined', detail: 'litigation and other holds', look: lines.hold },
    {
      about: 'archivePolicy',
      state: 'notExamined',
      detail: 'retention policies that move old mail to the archive as soon as it is migrated, unless RetentionHoldEnabled is set',
      look: lines.retention,
    },
    { about: 'archive', state: 'notExamined', detail: 'the archive mailbox', look: lines.archive },
    { about: 'recoverableItems', state: 'notExamined', detail: 'Recoverable Items', look: lines.recoverable },
    { about: 'forwarding', state: 'notExamined', detail: 'forwarding that an administrator set', look: lines.forwarding },
    { about: 'delegates', state: 'notExamined', detail: 'delegates and permissions', look: lines.permissions },
    {
      about: 'maxReceiveSize',
      state: 'notExamined',
      detail: 'the largest message it takes (35 MB unless set, 150 MB at most)',
      look: lines.sizes,
    },
    { about: 'quota', state: 'notExamined', detail: 'room left in the mailbox', look: lines.sizes },
  ]
}
