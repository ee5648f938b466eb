import type { Words } from './words.ts'
import { quoted, said, seconds } from './words.ts'

/** Reaching a server, and the encryption on the way. */
export const connecting = {
  'host.notFound': ({ host }) => ({
    message: `The host ${host} has no address in DNS.`,
    next: 'Check the spelling of the host name, and whether this machine can resolve names of that network.',
  }),
  'host.refused': ({ host, port }) => ({
    message: `${host} refused the connection on port ${port}.`,
    next: 'Check the port (IMAP: 993 for TLS, 143 for STARTTLS; Exchange: 443), that the mail server is running, and that no firewall is in the way.',
  }),
  'host.unreachable': ({ host, port, cause }) => ({
    message: `${host}, port ${port}, can't be reached${said(cause)}`,
    next: 'Check the network between this machine and the server (VPN, firewall, routing), then try again.',
  }),
  'host.timeout': ({ host, port, ms }) => ({
    message: `${host} did not answer on port ${port} within ${seconds(ms)}.`,
    next: 'Check host, port and firewall. A wrong TLS setting looks like this too: port 993 wants implicit TLS, port 143 STARTTLS.',
  }),
  'host.notImap': ({ host, port, detail }) => ({
    message: `What answers at ${host}, port ${port}, is not an IMAP server${said(detail)}`,
    next: 'Check the port, and the TLS setting: port 993 wants implicit TLS, port 143 STARTTLS.',
  }),
  'host.redirects': ({ host, to }) => ({
    message: `${host} sends requests to Exchange on to ${to}. They, and the secret in them, were not sent there.`,
    next: `Find out whose ${to} is. If Exchange moved there within the company, reconfigure the connection to it; if it is a sign-in page, let the account reach EWS without it.`,
  }),
  'host.notExchange': ({ host, port, detail }) => ({
    message: `What answers at ${host}, port ${port}, has no Exchange Web Services${said(detail)}`,
    next: 'Check the host name. EWS lies at https://<host>/EWS/Exchange.asmx, or where Get-WebServicesVirtualDirectory | Select-Object ExternalUrl, InternalUrl says.',
  }),
  'tls.untrusted': ({ host, reason, fingerprint }) => ({
    message: `The certificate of ${host} is not trusted${said(reason)} Its SHA-256 fingerprint is ${fingerprint}.`,
    next: 'If the administrator of the server confirms that fingerprint, set it as the connection’s "fingerprint" (Exchange: among its "fingerprints"); for a private authority, give its PEM file as "caFile".',
  }),
  'tls.fingerprintMismatch': ({ host, expected, actual }) => ({
    message: `The certificate of ${host} has the fingerprint ${actual}, but ${expected} is the one that is trusted.`,
    next: 'Ask the administrator of the server whether the certificate was renewed. If so, trust the new fingerprint; if not, somebody may be in between: do not sign in.',
  }),
  'tls.starttlsMissing': ({ host, port }) => ({
    message: `${host} offers no STARTTLS on port ${port}, so the sign-in would be readable on the network. Nothing was sent.`,
    next: 'Use implicit TLS (port 993) if the server has it, or have STARTTLS enabled there.',
  }),
  'tls.handshake': ({ host, port, reason }) => ({
    message: `TLS with ${host} on port ${port} failed${said(reason)}`,
    next: 'Check that the TLS setting fits the port (993: implicit, 143: STARTTLS) and that the server speaks TLS 1.2 or later. For an Exchange 2010 that can’t, agree to old TLS: "trust": {"allowOldTls": true}.',
  }),
  'tls.plaintextRefused': ({ host, port }) => ({
    message: `Passwords and mail would go readable over the network to ${host}, port ${port}, and nobody agreed to that.`,
    next: 'Use "tls": "implicit" or "starttls"; or agree explicitly by setting "allowPlaintext": true.',
  }),
  'tls.caFile': ({ file, cause }) => ({
    message: `The authorities' file ${file} can't be used${said(cause)}`,
    next: 'Give a readable file with one or more certificates in PEM form (-----BEGIN CERTIFICATE-----).',
  }),
  'autodiscover.failed': ({ domain, tried }) => ({
    message: `No Exchange server could be found for ${domain}${said(tried.join('; '))}`,
    next: 'Give the server’s host name or EWS address instead: "server": {"by": "host", "host": "mail.example.com"}. Active Directory’s service connection points are not asked.',
  }),
  'autodiscover.unknown': ({ address, host }) => ({
    message: `The Autodiscover of ${host} knows no mailbox ${quoted(address)}.`,
    next: 'Check the address: Autodiscover wants the e-mail address of an existing mailbox. For an admin account without one, name a mailbox to try.',
  }),
  'autodiscover.loop': ({ address, at }) => ({
    message: `Autodiscover sends ${quoted(address)} round in a circle, by ${quoted(at)}.`,
    next: 'Have the redirection corrected on the server (the mail users’ external addresses, the Autodiscover redirects), or give the server’s host name instead.',
  }),
  'autodiscover.insecure': ({ address, host }) => ({
    message: `Autodiscover sends ${quoted(address)} to ${host} without encryption. Nothing was sent there.`,
    next: 'Have the redirection corrected to HTTPS, or give the server’s host name instead.',
  }),
  'autodiscover.elsewhere': ({ address, host }) => ({
    message: `${quoted(address)} lives elsewhere: Autodiscover leads to ${host}, another organisation as far as can be told. No secret was sent there.`,
    next: 'If the mailboxes moved there, define a connection to that organisation. If that host is the company’s own, give it by name: "server": {"by": "host", "host": "…"}.',
  }),
} satisfies Partial<Words>
