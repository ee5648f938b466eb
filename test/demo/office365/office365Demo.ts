import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { exchangeSide } from '../../../src/sandbox/sides/exchangeSide.ts'
import { type Office365Side, office365Side } from '../../../src/sandbox/sides/office365Side.ts'
import { type Sandbox, type SandboxSide, startWorld } from '../../../src/sandbox/world.ts'
import { storeOf } from '../../support/exchangeMailbox.ts'
import { type Desk, signInAdmin } from '../../support/tenants/desk.ts'
import { writePlan } from '../../support/tenants/plan.ts'
import { type CommandLine, createCommandLine } from '../commandLine.ts'
import { type Comparison, messagesOf, sum } from '../comparison.ts'
import { compareOrganisations } from '../exchange/comparison.ts'
import { deleteOne, keepDelivering, moveDomain, tidyUp } from '../exchange/life.ts'
import { readMailbox } from '../exchange/readMailbox.ts'
import type { Screen } from '../screen.ts'
import { type DemoOptions, number, type Story, tellPlace } from '../story.ts'
import { showComparison } from '../verdict.ts'
import { compareMail } from './comparison.ts'
import { readMail } from './readMail.ts'

/** From Exchange to Office 365, and from one tenant of Office 365 to another: the domain moves each time. The sandbox plays everybody. */
export const office365Demo: Story = async (options, screen, signal) => {
  screen.say(
    `Fabrikam becomes Northwind twice: ${options.people} mailboxes move from its own Exchange to Office 365, and then from its tenant to another one.`,
    'The domain fabrikam.test moves after them. This takes about a minute.',
    `The plans, the ledgers and the reports stay in ${options.dir}`,
  )
  const { people, messages } = options
  const world = { people, messagesEach: messages }
  const proven: boolean[] = []
  {
    await using sandbox = await startWorld(world, exchangeSide(), office365Side())
    proven.push(await migrate({ ...options, dir: actDir(options, 'exchange') }, sandbox, screen, signal))
  }
  await using tenants = await startWorld(world, office365Side(), office365Side())
  proven.push(await migrate({ ...options, dir: actDir(options, 'office365'), damage: false }, tenants, screen, signal))
  return proven.every(Boolean)
}

function actDir({ dir }: DemoOptions, name: string): string {
  const own = join(dir, name)
  mkdirSync(own)
  return own
}

type Company = Sandbox<SandboxSide | Office365Side, Office365Side>

/** One migration, from the plan to the proof. */
async function migrate(options: DemoOptions, sandbox: Company, screen: Screen, signal: AbortSignal): Promise<boolean> {
  const { dir, people } = options
  const { leaving, receiving, domain } = sandbox
  const mailferry = createCommandLine({ ...options, screen, signal })
  const tenants = leaving.kind === 'office365'
  const desk = leaving.kind === 'office365' ? signInAdmin(leaving) : undefined
  // Graph takes messages only; appointments, contacts, tasks and notes of an Exchange stay behind, and are told of.
  const through = tenants ? 'ok' : 'completedWithDifferences'

  screen.step(
    tenants ? 'From one tenant to another' : 'From Exchange to Office 365',
    `A sandbox plays both on this machine: ${tenants ? 'Entra and Microsoft Graph, twice' : 'Exchange on one side, Entra and Microsoft Graph on the other'}.`,
  )
  const seeded = await itemsIn(sandbox)
  screen.say(
    `old  ${hostOf(leaving)}  Fabrikam, ${people} mailboxes @${domain}: ${number(seeded)} ${tenants ? 'items' : 'messages'}`,
    `new  ${hostOf(receiving)}  Northwind, the same ${people} people @${receiving.ownDomain}: their mailboxes are empty`,
  )
  writePlan(dir, sandbox, desk)
  tellPlace(screen, { ...options, dir })
  await mailferry('apply plan.json')

  screen.step(
    'Check both, live',
    'The tenant is signed in to as an application that an administrator registered; each of its rights is looked at.',
    ...(desk ? ['“desk” is the administrator’s own sign-in, for his own mailbox: without an application he opens nobody else’s.'] : []),
  )
  await mailferry('connection test old')
  screen.say('')
  await mailferry('connection test new')
  if (desk) await mailferry('connection test desk')
  screen.step('Are the target’s mailboxes ready?', 'Licence, provisioning, forwarding, and what only PowerShell shows.')
  await mailferry('connection pre-flight new', { last: 1 })

  screen.step('Move', 'Everybody goes on working: mail arrives at the old side meanwhile.')
  const [during] = await Promise.all([keepDelivering(sandbox, signal), mailferry('job start move', { expected: through })])
  if (desk) await mailferry('job start own')
  const tidied = tidyUp(leaving)
  const since = sandbox.deliver(2 * people).length
  screen.step(
    'Carry over what happened since',
    `${during + since} messages arrived; ${tidied} people flagged one, gave it categories, filed another.`,
  )
  await mailferry('job delta move', { expected: through })

  screen.step(
    'Get ready for the domain’s move',
    'Every step, ticked off by facts where there are any: what is left before the move itself.',
  )
  await mailferry(`cutover ${domain}`, { expected: 'completedWithDifferences' })
  const lastMinute = sandbox.deliver(people).length
  const { newcomers, arrived } = moveDomain(sandbox, people)
  await cutOver({ mailferry, screen, sandbox, desk, lastMinute, arrived })

  screen.step(
    'Proof',
    'Another reader, which knows nothing of Mailferry’s ledger, compares what the two organisations have stored.',
    ...proofOf(tenants),
  )
  const [first] = receiving.people
  if (options.damage && first !== undefined) {
    deleteOne(storeOf(receiving.organisation, first))
    screen.say(`(As you asked, one message of ${first.primarySmtpAddress} was deleted on the new side first.)`, '')
  }
  const exported = join(dir, 'moved.json')
  const comparison: Comparison = tenants
    ? compareOrganisations(sandbox, exported, newcomers)
    : await compareMail(sandbox, { exported, newcomers, leftBehind: leftBehind(join(dir, 'move-report.json')) })
  return showComparison(screen, comparison, seeded + during + since + lastMinute)
}

const proofOf = (tenants: boolean): string[] =>
  tenants
    ? ['Between two tenants items go whole: mail, appointments, contacts, tasks and notes with all their properties.']
    : [
        'Graph takes messages only, and composes them anew: compared is what a reader sees, with attachments, dates, flags and categories.',
        'Appointments, contacts, tasks and notes stay behind; the report names each.',
      ]

interface Moved {
  readonly mailferry: CommandLine
  readonly screen: Screen
  readonly sandbox: Company
  readonly desk: Desk | undefined
  readonly lastMinute: number
  readonly arrived: number
}

/** What the moved domain breaks, what is refused, and the cure, until the checklist has nothing left that a fact can tell. */
async function cutOver({ mailferry, screen, sandbox, desk, lastMinute, arrived }: Moved): Promise<void> {
  const { leaving, domain } = sandbox
  const stale = desk ? 'desk' : 'old'
  screen.step(
    'The domain moves',
    `After a last ${lastMinute} messages had arrived at the old side, ${domain} was moved to Northwind; ${arrived} new ones went to the new side already.`,
    'Whoever signs in as an application isn’t touched by it. Whoever signs in with a name in the domain is:',
  )
  await mailferry('connection check --all', { expected: 'stale' })
  screen.say('', 'Until that is put right, whatever could go wrong is refused:')
  const job = desk ? 'own' : 'move'
  for (const command of [`start ${job}`, `delta ${job}`, `refresh-addresses ${job}`, `reset ${job} --mode forget`])
    await mailferry(`job ${command}`, { expected: 'stale' })

  screen.step('Reconfigure', 'Only what needs it: the same organisation by the administrator’s new name, proved by itself.')
  const { userPrincipalName } = leaving.admin
  const found = leaving.kind === 'exchange' ? ` --autodiscover ${leaving.ownDomain} --at ${new URL(sandbox.discovery.url).host}` : ''
  await mailferry(`connection reconfigure ${stale} --admin ${userPrincipalName}${found}`)
  await mailferry('connection reconfigure new', { expected: 'usage' })

  screen.step(
    'Refresh addresses, carry over the last messages, verify',
    'Each mailbox is found again by what never changes: its GUID, its Entra object id.',
  )
  for (const one of desk ? ['move', 'own'] : ['move']) {
    await mailferry(`job refresh-addresses ${one}`)
    await mailferry(`job delta ${one}`, { expected: desk ? 'ok' : 'completedWithDifferences' })
    await mailferry(`job verify ${one}`, { last: 1 })
  }
  await mailferry('job report move')
  await mailferry('job report move --format json')
  await mailferry('export --out moved.json')
  screen.say('', 'What the checklist knows by itself now:')
  await mailferry(`cutover ${domain}`, { expected: 'completedWithDifferences' })
}

const reportSchema = z.object({
  mailboxes: z.array(z.object({ folders: z.array(z.object({ problem: z.object({ code: z.string(), message: z.string() }).optional() })) })),
})

/** How many items the report says are of a kind that isn't carried. */
function leftBehind(file: string): number {
  const { mailboxes } = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const problems = mailboxes.flatMap(({ folders }) => folders.flatMap(({ problem }) => problem ?? []))
  return sum(
    problems.filter(({ code }) => code === 'folder.notCarried').map(({ message }) => Number(/holds (\d+) item/.exec(message)?.[1])),
  )
}

async function itemsIn({ leaving }: Company): Promise<number> {
  const read = leaving.kind === 'office365' ? readMailbox : readMail
  const all = await Promise.all(leaving.people.map(person => read(storeOf(leaving.organisation, person))))
  return sum(all.map(mailbox => messagesOf(mailbox).length))
}

const hostOf = (side: SandboxSide | Office365Side): string => new URL(side.kind === 'office365' ? side.graphUrl : side.ewsUrl).host
