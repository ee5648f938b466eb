import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { type Asking, ask } from './send.ts'
import { type SessionContext, sessionError } from './sessionContext.ts'

const pageSchema = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
})

export interface Page {
  readonly entities: readonly unknown[]
  /** Of a delta's last page: where the next one begins. */
  readonly deltaLink?: string
}

/** An answer in JSON by its schema. Throws `server.protocol`. */
export function readJson<Value>({ host }: SessionContext, schema: z.ZodType<Value>, json: unknown, what: string): Value {
  const { data, success } = schema.safeParse(json)
  if (!success) throw new MailferryError('server.protocol', { host, detail: `an answer to ${what} in another form than Graph documents` })
  return data
}

/** The pages of a collection, from a path or a link on. `refused`: what isn't thrown as it is. */
export async function* pages(
  context: SessionContext,
  first: string,
  asking: Asking & { readonly pageSize: number },
  refused: (response: GraphResponse) => unknown = () => undefined,
): AsyncGenerator<Page> {
  const headers = { Prefer: `odata.maxpagesize=${asking.pageSize}` }
  for (let path = first; ; ) {
    const response = await ask(context, { method: 'GET', path, headers }, asking, response => refused(response) !== undefined)
    if (response.error) throw refused(response) ?? sessionError(context, asking, response)
    const page = readJson(context, pageSchema, response.json, asking.operation)
    const { '@odata.nextLink': next, '@odata.deltaLink': deltaLink } = page
    yield { entities: page.value, ...(deltaLink !== undefined && { deltaLink }) }
    if (next === undefined) return
    if (next === path)
      throw new MailferryError('server.protocol', { host: context.host, detail: `${asking.operation} gives the same page again` })
    path = next
  }
}
