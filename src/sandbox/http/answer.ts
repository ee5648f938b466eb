/** What a server means to answer, before anything happens to it on its way. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

export const xmlAnswer = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: Buffer.from(body),
})

export const jsonAnswer = (value: object, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: Buffer.from(JSON.stringify(value)),
})

/** A page as IIS and what stands before it show people. */
export const htmlAnswer = (title: string, status: number, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: Buffer.from(`<!DOCTYPE html>\r\n<html><head><title>${title}</title></head><body><h2>${title}</h2><br>&nbsp;<p></body></html>\r\n`),
})

export const redirectAnswer = (location: string): Answer => htmlAnswer('Object moved', 302, { location })

/** Not followed by anything: 401 with one `WWW-Authenticate` line for each way to sign in. */
export const unauthorized = (challenges: readonly string[]): Answer =>
  htmlAnswer('401 - Unauthorized: Access is denied due to invalid credentials.', 401, { 'www-authenticate': challenges })
