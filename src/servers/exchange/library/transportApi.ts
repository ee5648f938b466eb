import type { IXHRApi, IXHROptions } from 'ews-javascript-api'
import type { EwsTransport, PostOptions } from '../transport/ewsTransport.ts'

/** The library's requests on our transport, and what went wrong there, which the library would turn into something else. */
export interface TransportApi extends IXHRApi {
  readonly failure: () => unknown
}

/** What the library looks at of an answer. */
interface Answer {
  readonly status: number
  readonly responseText: string
  getAllResponseHeaders(): string
  getResponseHeader(name: string): null
}

/**
 * Only the request's text is taken: address, sign-in and headers are the transport's. For small answers alone, since the library holds each one as text,
 * as a tree and as objects.
 */
export function transportApi(transport: EwsTransport, options: PostOptions): TransportApi {
  let failure: unknown
  const xhr = async ({ data }: IXHROptions): Promise<Answer> => {
    try {
      const { status, body } = await transport.post([Buffer.from(String(data))], options)
      const chunks: Buffer[] = []
      for await (const chunk of body) chunks.push(chunk)
      const responseText = Buffer.concat(chunks).toString('utf8')
      return { status, responseText, getAllResponseHeaders: () => '', getResponseHeader: () => null }
    } catch (error) {
      failure = error
      throw error
    }
  }
  return {
    // The library declares a browser's request and uses of it what an Answer has.
    xhr: xhr as unknown as IXHRApi['xhr'],
    xhrStream: () => Promise.reject(new Error('nothing here asks for streams')),
    disconnect() {},
    apiName: 'Mailferry',
    failure: () => failure,
  }
}
