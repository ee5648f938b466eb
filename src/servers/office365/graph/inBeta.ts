import type { GraphTransport } from './graphTransport.ts'

/** The same Graph, asked for the beta version of everything. */
export const inBeta = (graph: GraphTransport): GraphTransport => ({
  send: (request, options) => graph.send({ ...request, version: 'beta' }, options),
  batch: (requests, options) =>
    graph.batch(
      requests.map(request => ({ ...request, version: 'beta' as const })),
      options,
    ),
  sendTo: (url, request, options) => graph.sendTo(url, request, options),
  [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
})
