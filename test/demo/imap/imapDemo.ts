import { company } from '../../support/corpus/company.ts'
import { createCommandLine } from '../commandLine.ts'
import { number, type Story, tellPlace } from '../story.ts'
import { showComparison } from '../verdict.ts'
import { compareServers } from './comparison.ts'
import { deleteOne, goOnWorking, tidyUp } from './life.ts'
import { seedMailboxes } from './mailboxes.ts'
import { writePlan } from './plan.ts'
import { startServers } from './servers.ts'

/** From one IMAP server to another: two real ones, Dovecot, that this machine has. */
export const imapDemo: Story = async (options, screen, signal) => {
  const { messages, dir, cli, damage } = options
  const mailferry = createCommandLine({ cli, dir, screen, signal })
  const [first, ...others] = company('fjord.example', options.people)
  if (first === undefined) throw new Error('the company has nobody')
  const people = [first, ...others] as const

  screen.say(
    `A company of ${people.length} moves to another mail server, and keeps working. This takes about half a minute.`,
    `The plan, the ledger and the report stay in ${dir}`,
  )

  screen.step('Two mail servers', 'Real ones (Dovecot), started on this machine for the demo alone.')
  await using servers = await startServers(people)
  const seeded = await seedMailboxes(servers.old, people, { messages, signal })
  screen.say(
    `old  127.0.0.1:${servers.old.tlsPort}  ${people.length} mailboxes, ${number(seeded)} messages of ten years in many languages: threads,`,
    '     attachments, flags and keywords, some of them stored twice, some without a Message-ID',
    `new  127.0.0.1:${servers.new.tlsPort}  the same ${people.length} mailboxes, empty; it speaks German: its “Sent” is called “INBOX.Gesendet”`,
  )

  screen.step('Describe the move', 'plan.json names the two servers and the mailboxes; the passwords are in a file of their own.')
  writePlan(dir, servers, people)
  tellPlace(screen, options)
  await mailferry('apply plan.json')

  screen.step(
    'Check both servers, live',
    'The old one’s certificate is a private one: Mailferry refuses it, until you say that its fingerprint is the right one.',
    'The new one’s is private, too; the plan names the authority that vouches for it, new-ca.pem.',
  )
  await mailferry('connection test old', { expected: 'tls' })
  screen.say('')
  await mailferry(`connection test old --trust ${servers.old.certificate?.fingerprint ?? ''}`)
  screen.say('')
  await mailferry('connection test new')

  screen.step('See what would happen', 'A dry run reads both sides and writes nothing.')
  await mailferry('job dry-run move')

  screen.step(
    'Move',
    'Everybody goes on working meanwhile: mail arrives at the old server and messages are flagged, before and after they are copied.',
  )
  const [during] = await Promise.all([goOnWorking(servers.old, people, 1), mailferry('job start move')])
  const moved = await tidyUp(servers.old, people)
  const since = await goOnWorking(servers.old, people, 2)
  const arrived = during.arrived + since.arrived

  screen.step(
    'Carry over what happened since',
    `At the old server ${during.arrived} messages arrived during the move and ${since.arrived} after it, ${during.flagged + since.flagged} were flagged and given a keyword,`,
    `and ${moved} were moved to a new folder “Done”.`,
  )
  await mailferry('job delta move')

  screen.step('Verify', 'Reads every message again on both servers, compares the bytes, and tells of each folder; here is the last line.')
  await mailferry('job verify move --bytes', { last: 1 })

  screen.step('Report', 'Accounts for every message, on one page to open in a browser and to keep.')
  await mailferry('job report move')

  screen.step(
    'Proof',
    'Don’t take Mailferry’s word for it: another reader, which knows nothing of its ledger, now compares the two servers,',
    'message by message. It expects Sent in “Gesendet” and Archive/2024 in “Archiv/2024”, and everything else under its own name.',
  )
  if (damage) {
    await deleteOne(servers.new, first)
    screen.say(`(As you asked, one message of ${first.user} was deleted on the new server first.)`, '')
  }
  return showComparison(screen, await compareServers(servers, people, signal), seeded + arrived)
}
