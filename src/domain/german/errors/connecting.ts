import type { Words } from '../../errorText/words.ts'
import { quoted, said, seconds } from '../words.ts'

export const connecting = {
  'host.notFound': ({ host }) => ({
    message: `Der Host ${host} hat keine Adresse im DNS.`,
    next: 'Prüfen Sie die Schreibweise des Hostnamens, und ob dieser Rechner Namen jenes Netzes auflösen kann.',
  }),
  'host.refused': ({ host, port }) => ({
    message: `${host} hat die Verbindung auf Port ${port} abgelehnt.`,
    next: 'Prüfen Sie den Port (IMAP: 993 für TLS, 143 für STARTTLS; Exchange: 443), ob der Mailserver läuft, und ob keine Firewall dazwischensteht.',
  }),
  'host.unreachable': ({ host, port, cause }) => ({
    message: `${host}, Port ${port}, ist nicht erreichbar${said(cause)}`,
    next: 'Prüfen Sie das Netz zwischen diesem Rechner und dem Server (VPN, Firewall, Routing) und versuchen Sie es dann noch einmal.',
  }),
  'host.timeout': ({ host, port, ms }) => ({
    message: `${host} hat auf Port ${port} nicht innerhalb von ${seconds(ms)} geantwortet.`,
    next: 'Prüfen Sie Host, Port und Firewall. Auch eine falsche TLS-Einstellung sieht so aus: Port 993 will implizites TLS, Port 143 STARTTLS.',
  }),
  'host.notImap': ({ host, port, detail }) => ({
    message: `Was auf ${host}, Port ${port}, antwortet, ist kein IMAP-Server${said(detail)}`,
    next: 'Prüfen Sie den Port und die TLS-Einstellung: Port 993 will implizites TLS, Port 143 STARTTLS.',
  }),
  'host.redirects': ({ host, to }) => ({
    message: `${host} schickt Anfragen an Exchange weiter zu ${to}. Sie und das Geheimnis darin wurden nicht dorthin gesendet.`,
    next: `Stellen Sie fest, wem ${to} gehört. Ist Exchange innerhalb der Firma dorthin gezogen, konfigurieren Sie die Verbindung darauf um; ist es eine Anmeldeseite, lassen Sie das Konto EWS ohne sie erreichen.`,
  }),
  'host.notExchange': ({ host, port, detail }) => ({
    message: `Was auf ${host}, Port ${port}, antwortet, hat keine Exchange-Webdienste${said(detail)}`,
    next: 'Prüfen Sie den Hostnamen. EWS liegt unter https://<host>/EWS/Exchange.asmx, oder wo Get-WebServicesVirtualDirectory | Select-Object ExternalUrl, InternalUrl es sagt.',
  }),
  'tls.untrusted': ({ host, reason, fingerprint }) => ({
    message: `Dem Zertifikat von ${host} wird nicht vertraut${said(reason)} Sein SHA-256-Fingerabdruck ist ${fingerprint}.`,
    next: 'Bestätigt der Administrator des Servers diesen Fingerabdruck, tragen Sie ihn bei der Verbindung als "fingerprint" ein (Exchange: unter "fingerprints"); für eine eigene Zertifizierungsstelle geben Sie ihre PEM-Datei als "caFile" an.',
  }),
  'tls.fingerprintMismatch': ({ host, expected, actual }) => ({
    message: `Das Zertifikat von ${host} hat den Fingerabdruck ${actual}, vertraut wird aber ${expected}.`,
    next: 'Fragen Sie den Administrator des Servers, ob das Zertifikat erneuert wurde. Wenn ja, vertrauen Sie dem neuen Fingerabdruck; wenn nicht, ist vielleicht jemand dazwischen: melden Sie sich nicht an.',
  }),
  'tls.starttlsMissing': ({ host, port }) => ({
    message: `${host} bietet auf Port ${port} kein STARTTLS an, die Anmeldung wäre also im Netz lesbar. Nichts wurde gesendet.`,
    next: 'Benutzen Sie implizites TLS (Port 993), wenn der Server es hat, oder lassen Sie STARTTLS dort einschalten.',
  }),
  'tls.handshake': ({ host, port, reason }) => ({
    message: `TLS mit ${host} auf Port ${port} ist fehlgeschlagen${said(reason)}`,
    next: 'Prüfen Sie, ob die TLS-Einstellung zum Port passt (993: implizit, 143: STARTTLS) und der Server TLS 1.2 oder neuer spricht. Für ein Exchange 2010, das es nicht kann, stimmen Sie altem TLS zu: "trust": {"allowOldTls": true}.',
  }),
  'tls.plaintextRefused': ({ host, port }) => ({
    message: `Kennwörter und E-Mail gingen lesbar durchs Netz zu ${host}, Port ${port}, und dem hat niemand zugestimmt.`,
    next: 'Benutzen Sie "tls": "implicit" oder "starttls"; oder stimmen Sie ausdrücklich zu, mit "allowPlaintext": true.',
  }),
  'tls.caFile': ({ file, cause }) => ({
    message: `Die Datei der Zertifizierungsstellen ${file} ist nicht brauchbar${said(cause)}`,
    next: 'Geben Sie eine lesbare Datei mit einem oder mehreren Zertifikaten in PEM-Form an (-----BEGIN CERTIFICATE-----).',
  }),
  'autodiscover.failed': ({ domain, tried }) => ({
    message: `Für ${domain} wurde kein Exchange-Server gefunden${said(tried.join('; '))}`,
    next: 'Geben Sie stattdessen den Hostnamen oder die EWS-Adresse des Servers an: "server": {"by": "host", "host": "mail.example.com"}. Die Dienstverbindungspunkte von Active Directory werden nicht gefragt.',
  }),
  'autodiscover.unknown': ({ address, host }) => ({
    message: `Autodiscover von ${host} kennt kein Postfach ${quoted(address)}.`,
    next: 'Prüfen Sie die Adresse: Autodiscover will die E-Mail-Adresse eines vorhandenen Postfachs. Für ein Administratorkonto ohne Postfach nennen Sie ein Postfach zum Ausprobieren.',
  }),
  'autodiscover.loop': ({ address, at }) => ({
    message: `Autodiscover schickt ${quoted(address)} im Kreis, über ${quoted(at)}.`,
    next: 'Lassen Sie die Umleitung auf dem Server berichtigen (externe Adressen der E-Mail-Benutzer, Autodiscover-Umleitungen), oder geben Sie den Hostnamen des Servers an.',
  }),
  'autodiscover.insecure': ({ address, host }) => ({
    message: `Autodiscover schickt ${quoted(address)} unverschlüsselt zu ${host}. Nichts wurde dorthin gesendet.`,
    next: 'Lassen Sie die Umleitung auf HTTPS berichtigen, oder geben Sie den Hostnamen des Servers an.',
  }),
  'autodiscover.elsewhere': ({ address, host }) => ({
    message: `${quoted(address)} wohnt anderswo: Autodiscover führt zu ${host}, soweit zu erkennen einer anderen Organisation. Kein Geheimnis wurde dorthin gesendet.`,
    next: 'Sind die Postfächer dorthin umgezogen, legen Sie eine Verbindung zu jener Organisation an. Gehört der Host der eigenen Firma, nennen Sie ihn: "server": {"by": "host", "host": "…"}.',
  }),
} satisfies Partial<Words>
