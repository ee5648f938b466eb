import type { OpenServer } from './context.ts'

/** The server of a connection, by its kind: the only place that asks for it. A run that needs one kind never loads the other's code. */
export const openServer: OpenServer = async ({ settings, ...rest }, secrets) => {
  switch (settings.kind) {
    case 'imap': {
      const { imapServer } = await import('../servers/imap/imapServer.ts')
      return imapServer({ connection: { ...rest, settings }, secrets })
    }
    case 'exchange': {
      const { exchangeServer } = await import('../servers/exchange/exchangeServer.ts')
      return exchangeServer({ connection: { ...rest, settings }, secrets })
    }
    case 'office365': {
      const { office365Server } = await import('../servers/office365/office365Server.ts')
      return office365Server({ connection: { ...rest, settings }, secrets })
    }
  }
}
