import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import { type Asking, ask } from './ask.ts'

/** Reads a collection page by page, by links that are opaque and lead to the same Graph. Throws as `ask` does. */
export async function* pages<Entry extends z.ZodType>(
  asking: Asking,
  entry: Entry,
  question: Parameters<typeof ask>[2],
): AsyncGenerator<z.infer<Entry>[], void> {
  const schema = z.object({ value: z.array(entry), '@odata.nextLink': z.string().optional() })
  const seen = new Set<string>()
  for (let path: string | undefined = question.path; path !== undefined; ) {
    if (seen.has(path)) throw new MailferryError('server.protocol', { host: asking.context.host, detail: 'its pages go round in a circle' })
    seen.add(path)
    const page: z.infer<typeof schema> = await ask(asking, schema, { ...question, path })
    yield page.value
    path = page['@odata.nextLink']
  }
}
