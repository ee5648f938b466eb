import { join } from 'node:path'
import { type SandboxSide, startSandbox } from '../../../src/sandbox/world.ts'
import { storeOf } from '../../support/exchangeMailbox.ts'
import { type CommandLine, createCommandLine } from '../commandLine.ts'
import { messagesOf, sum } from '../comparison.ts'
import type { Screen } from '../screen.ts'
import { number, type Story, tellPlace } from '../story.ts'
import { showComparison } from '../verdict.ts'
import { compareOrganisations } from './comparison.ts'
import { deleteOne, keepDelivering, moveDomain, planAhead, tidyUp } from './life.ts'
import { writePlan } from './plan.ts'
import { readMailbox } from './readMailbox.ts'

/** From one Exchange organisation to another, and the domain too: both are the sandbox's, so nothing but Node is needed. */
export const exchangeDemo: Story = async (options, screen, signal) => {
  const { people, messages, dir, damage } = options
  const mailferry = createCommandLine({ ...options, screen, signal })
  screen.say(
    `Northwind takes Fabrikam over: ${people} mailboxes move to another Exchange organisation, and then the domain fabrikam.test does, too.`,
    'This takes about a minute.',
    `The plan, the ledger and the report stay in ${dir}`,
  )

  screen.step(
    'Two Exchange organisations',
    'A sandbox plays them on this machine: Autodiscover, Exchange Web Services, NTLM sign-in, TLS, a directory each.',
  )
  await using sandbox = await startSandbox({ people, messagesEach: messages })
  const { leaving, receiving } = sandbox
  const seeded = itemsIn(leaving)
  screen.say(
    `old  ${hostOf(leaving)}  Fabrikam, ${people} mailboxes @fabrikam.test: ${number(seeded)} items, mail of many years, appointments, contacts, tasks, notes`,
    `new  ${hostOf(receiving)}  Northwind, the same ${people} people @northwind.test: their mailboxes are empty`,
  )

  screen.step(
    'Describe the move',
    'plan.json names the two organisations and the mailboxes: who is whom is in pairs.csv, the lists of mailboxes are what Exchange’s Get-Mailbox wrote.',
    'The admin accounts’ passwords are in files of their own.',
  )
  writePlan(dir, sandbox)
  tellPlace(screen, options)
  await mailferry('apply plan.json')

  screen.step(
    'Check both organisations, live',
    'The old one is found by Autodiscover, as Outlook would find it; the plan names the authority that its private certificate is from.',
    'The new one’s certificate is private, too: Mailferry refuses it, until you say that its fingerprint is the right one.',
  )
  await mailferry('connection test old')
  screen.say('')
  await mailferry('connection test new', { expected: 'tls' })
  screen.say('')
  await mailferry(`connection test new --trust ${receiving.certificate.fingerprint}`)

  screen.step('See what would happen', 'A dry run reads both sides and writes nothing.')
  await mailferry('job dry-run move')

  screen.step('Move', 'Everybody goes on working: mail arrives at the old side meanwhile.')
  const [during] = await Promise.all([keepDelivering(sandbox, signal), mailferry('job start move')])

  const tidied = tidyUp(leaving)
  const planned = await planAhead(leaving)
  const since = sandbox.deliver(2 * people).length
  screen.step(
    'Carry over what happened since',
    `At the old side ${during} messages arrived during the move and ${since} after it. ${tidied} people flagged a message, gave it categories, filed another one`,
    `in a new folder “Done”, and made ${planned} appointments, contacts, tasks and notes.`,
  )
  await mailferry('job delta move')

  const lastMinute = sandbox.deliver(people).length
  const { newcomers, arrived } = moveDomain(sandbox, people)
  screen.step(
    'The domain moves',
    `After a last ${lastMinute} messages had arrived at the old side, fabrikam.test was moved to Northwind: Fabrikam’s people are @${leaving.ownDomain} now,`,
    `Northwind’s are @fabrikam.test, and ${arrived} new messages went to the new side already. Both admin accounts have new names as well.`,
    'Mailferry asks each side once, only where it was found before, and tells what fits no longer:',
  )
  await mailferry('connection check --all', { expected: 'stale' })
  await showRefusals(mailferry, screen)

  screen.step(
    'Reconfigure',
    'The same organisations by their new names. Mailferry signs in, has them prove that they are the same, and only then changes anything.',
  )
  await mailferry(
    `connection reconfigure old --autodiscover ${leaving.ownDomain} --at ${new URL(sandbox.discovery.url).host} --admin ${leaving.admin.userPrincipalName}`,
  )
  screen.say('')
  await mailferry(`connection reconfigure new --admin ${receiving.admin.userPrincipalName}`)

  screen.step(
    'Refresh email addresses',
    'Each mailbox is found again by what never changes, its GUID; nothing is migrated again because of it.',
  )
  await mailferry('job refresh-addresses move')

  screen.step('Carry over the last messages', 'What the old side received before the domain moved.')
  await mailferry('job delta move')

  screen.step('Verify', 'Reads every item again on both sides, and tells of each folder; here is the last line.')
  await mailferry('job verify move', { last: 1 })

  screen.step('Report', 'Accounts for every item, on one page to open in a browser and to keep.')
  await mailferry('job report move')
  await mailferry('export --out moved.json')

  screen.step(
    'Proof',
    'Don’t take Mailferry’s word for it: another reader, which knows nothing of its ledger, now compares what the two organisations have stored,',
    'item by item with all properties, and the addresses in moved.json with their directories.',
    `It leaves out the ${arrived} messages that were sent to the new side, and Mailferry’s own mark on what it wrote.`,
  )
  const [first] = receiving.people
  if (damage && first !== undefined) {
    deleteOne(storeOf(receiving.organisation, first))
    screen.say(`(As you asked, one message of ${first.primarySmtpAddress} was deleted on the new side first.)`, '')
  }
  const comparison = compareOrganisations(sandbox, join(dir, 'moved.json'), newcomers)
  return showComparison(screen, comparison, seeded + during + planned + since + lastMinute)
}

/** What isn't done while a connection is stale. */
async function showRefusals(mailferry: CommandLine, screen: Screen): Promise<void> {
  screen.say('', 'Until that is put right, whatever could go wrong is refused:')
  for (const command of ['job start move', 'job delta move', 'job refresh-addresses move', 'job reset move --mode forget'])
    await mailferry(command, { expected: 'stale' })
}

const itemsIn = ({ organisation, people }: SandboxSide): number =>
  sum(people.map(person => messagesOf(readMailbox(storeOf(organisation, person))).length))

const hostOf = ({ ewsUrl }: SandboxSide): string => new URL(ewsUrl).host
