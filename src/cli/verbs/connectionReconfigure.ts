import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import type { EngineEvent } from '../../rpc/events.ts'
import type { Params } from '../../rpc/protocol.ts'
import { readSecretDescriptor } from '../../secrets/fdSecret.ts'
import type { App } from '../app.ts'
import { sayCheck } from '../display/checkText.ts'
import { quotedList } from '../display/connectionText.ts'
import { noticeText } from '../display/runDisplay.ts'
import type { Output } from '../output.ts'
import { verb } from '../verb.ts'

type Wanted = Params<'connection.reconfigure'>

export const connectionReconfigure = verb({
  words: 'connection reconfigure',
  positionals: ['NAME'],
  summary: 'After a domain change: a new server address or admin account of the same organisation.',
  details: `Verifies, proves that it is the same organisation, and only then changes anything; it is journalled. Without options today's settings are verified anew.
Not for IMAP: nothing proves that another server has the same mailboxes. No job that uses the connection may be running.`,
  options: {
    autodiscover: { type: 'string', value: 'DOMAIN', help: 'Find the server as Exchange’s clients do, for this domain.' },
    at: { type: 'string', value: 'HOST', help: 'With --autodiscover: the Autodiscover server to ask first.' },
    host: { type: 'string', value: 'FQDN', help: 'The server’s new name.' },
    url: { type: 'string', value: 'URL', help: 'The new address of Exchange Web Services.' },
    admin: { type: 'string', value: 'USER', help: 'The admin account’s new name.' },
    secret: { type: 'boolean', help: 'Store a new secret in the vault, read from standard input.' },
    'secret-file': { type: 'string', value: 'FILE', help: 'Where the new secret is: a file only you can read.' },
    'secret-fd': { type: 'string', value: 'N', help: 'Read the new secret from this file descriptor; later runs get it the same way.' },
    responsible: {
      type: 'string',
      value: 'NAME',
      help: 'Where nothing proves the organisation: the connection’s name, typed to take the responsibility.',
    },
    anyway: { type: 'boolean', help: 'Although no domain change can touch it.' },
    'stop-jobs': { type: 'boolean', help: 'Stop the jobs that use it, and wait until they have.' },
    check: { type: 'boolean', help: 'Only tell what would be done.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const { out, client, stop } = app
    const server = serverOf(values)
    const secret = await secretOf(app, values)
    const params: Wanted = {
      name,
      ...(server === undefined ? {} : { server }),
      ...(values.admin === undefined ? {} : { admin: values.admin }),
      ...(secret === undefined ? {} : { secret }),
      ...(values.responsible === undefined ? {} : { responsible: values.responsible }),
      ...(values.anyway ? { anyway: true } : {}),
      ...(values['stop-jobs'] ? { stopJobs: true } : {}),
      ...(values.check ? { check: true } : {}),
    }
    let jobs: readonly string[] = []
    const emit = (event: EngineEvent): void => {
      if (event.event === 'reconfiguration') jobs = event.jobs
      tell(out, event)
    }
    const result = await client.call('connection.reconfigure', params, { signal: stop, emit })
    const proof = result.evidence === 'same' ? 'the same organisation as before, proved' : 'on your responsibility'
    out.say({ event: 'reconfigured', connection: name, ...result }, [
      result.changed ? `“${name}” is reconfigured: ${proof}.` : `“${name}” could be reconfigured so: ${proof}. Nothing was changed.`,
      ...(result.changed && jobs.length > 0 ? ['Next, when no connection is stale any more:', ...jobs.flatMap(afterwards)] : []),
    ])
    return exitCodes.ok
  },
})

const afterwards = (job: string): string[] => [`  mailferry job refresh-addresses "${job}"`, `  mailferry job delta "${job}"`]

function tell(out: Output, event: EngineEvent): void {
  if (event.event === 'notice') out.warn(event, noticeText(event))
  if (event.event === 'check') sayCheck(out, event)
  if (event.event !== 'reconfiguration') return
  const { reason, jobs, running } = event
  out.say(event, [reason, `Jobs that use it: ${quotedList(jobs)}${running.length === 0 ? '' : `; running: ${quotedList(running)}`}.`])
}

interface ServerValues {
  readonly autodiscover?: string
  readonly at?: string
  readonly host?: string
  readonly url?: string
}

function serverOf({ autodiscover, at, host, url }: ServerValues): Wanted['server'] {
  const ways = [autodiscover, host, url].filter(way => way !== undefined)
  if (ways.length > 1) throw usage('give one of --autodiscover, --host and --url')
  if (at !== undefined && autodiscover === undefined) throw usage('--at belongs to --autodiscover')
  if (autodiscover !== undefined) return { by: 'autodiscover', domain: autodiscover, ...(at === undefined ? {} : { at }) }
  if (host !== undefined) return { by: 'host', host }
  return url === undefined ? undefined : { by: 'url', url }
}

interface SecretValues {
  readonly secret?: boolean
  readonly 'secret-file'?: string
  readonly 'secret-fd'?: string
}

async function secretOf(
  { cwd, readInput }: App,
  { secret, 'secret-file': file, 'secret-fd': fd }: SecretValues,
): Promise<Wanted['secret']> {
  if ([secret, file, fd].filter(way => way !== undefined).length > 1) throw usage('give one of --secret, --secret-file and --secret-fd')
  if (file !== undefined) return { reference: { file: resolve(cwd, file) } }
  if (fd !== undefined) {
    if (!/^\d{1,4}$/.test(fd)) throw usage('--secret-fd needs the number of an open file descriptor')
    return given({ fd: Number(fd) }, (await readSecretDescriptor(Number(fd), Date.now)).text)
  }
  return secret ? given({ vault: true }, await readInput()) : undefined
}

function given(reference: NonNullable<Wanted['secret']>['reference'], text: string): Wanted['secret'] {
  if (text.trim() === '') throw usage('the secret is empty')
  return { reference, text }
}

const usage = (problem: string): MailferryError => new MailferryError('usage', { detail: `connection reconfigure: ${problem}` })
