import type { ErrorParams } from '../../errors.ts'
import type { Words } from '../../errorText/words.ts'
import type { Loss } from '../../mail.ts'
import { inGerman } from '../phrases.ts'
import { bytes, count, number, quoted, said, seconds } from '../words.ts'

const carriedOn = 'Der Lauf versucht es von selbst noch einmal; was schon übertragen ist, bleibt.'
const rowSaysWhy = 'Das Element steht im Bericht; der Rest läuft weiter, und jedes Delta versucht es wieder.'
const sameKind =
  'Nur ein Ziel derselben Art wie die Quelle nimmt Kalender, Kontakte, Aufgaben, Notizen und Archive von Office 365; sonst exportieren Sie sie aus dem Postfach.'

const reducedTo: Readonly<Record<Loss, string>> = {
  meeting: 'aus einer Einladung wurde eine Nachricht mit der Einladung als Datei, die sich von dort nicht annehmen lässt',
  report: 'aus einem Zustellbericht wurde eine Nachricht mit demselben Text und denselben Dateien',
}

const keptBecause: Readonly<Record<ErrorParams['item.notUpdated']['because'], string>> = {
  adopted: 'sie lag schon vor der Migration dort und ist nur übernommen',
  touched: 'jemand hat sie dort angefasst',
  gone: 'sie ist dort nicht mehr in ihrem Ordner',
  unlocated: 'sie ist dort nicht zu finden, denn das Ziel hat nicht gesagt, welche sie ist',
  refused: 'das Ziel hat die Änderung abgelehnt',
}

export const transferring = {
  'server.busy': ({ host, response, retryAfterMs }) => ({
    message: `${host} bittet um Geduld${said(response)}`,
    next: retryAfterMs === undefined ? carriedOn : `Der Lauf geht in ${seconds(retryAfterMs)} von selbst weiter.`,
  }),
  'server.bye': ({ host, response }) => ({ message: `${host} hat die Verbindung beendet${said(response)}`, next: carriedOn }),
  'server.dropped': ({ host, cause }) => ({ message: `Die Verbindung zu ${host} ist abgerissen${said(cause)}`, next: carriedOn }),
  'server.stalled': ({ host, ms }) => ({ message: `${host} hat seit ${seconds(ms)} nichts gesagt.`, next: carriedOn }),
  'server.protocol': ({ host, detail }) => ({
    message: `${host} hat geantwortet, was das Protokoll nicht erlaubt${said(detail)}`,
    next: `${carriedOn} Kommt es wieder, braucht der Server Aufmerksamkeit: Sein Protokoll wird mehr zeigen.`,
  }),
  'server.webPage': ({ host, status }) => ({
    message: `Statt ${host} hat etwas anderes geantwortet: HTTP ${status} mit einer Seite für Menschen, wie sie ein Proxy oder ein Filter dazwischen zeigt.`,
    next: `Sehen Sie nach, was diesem Rechner gezeigt wird, wenn ein Browser https://${host} öffnet, und lassen Sie ihn unverändert hindurch. ${carriedOn}`,
  }),
  'server.refused': ({ host, command, response }) => ({
    message: `${host} hat ${command} abgelehnt${said(response)}`,
    next: 'Sehen Sie, was die Antwort des Servers sagt; sein Protokoll wird mehr zeigen.',
  }),
  'server.tooManyConnections': ({ host, response }) => ({
    message: `${host} nimmt keine weiteren Verbindungen an${said(response)}`,
    next: 'Der Lauf geht mit weniger weiter. Für mehr erhöhen Sie die Grenze des Servers je Benutzer und Adresse; um weniger zu verlangen, senken Sie "connectionsPerServer".',
  }),
  'request.tooLarge': ({ host, size }) => ({
    message: `${host} nimmt keine Anfrage von ${bytes(size)} an: Die Grenze seines Webservers liegt niedriger.`,
    next: `Erhöhen Sie maxAllowedContentLength in der web.config von EWS auf dem Exchange-Server, wenn das Element wichtig ist. ${rowSaysWhy}`,
  }),
  'mailbox.notFound': ({ mailbox, connection }) => ({
    message: `Das Postfach ${quoted(mailbox)} gibt es auf der Verbindung ${quoted(connection)} nicht.`,
    next: 'Prüfen Sie seine Schreibweise im Auftrag, oder lassen Sie das Postfach auf dem Server anlegen; starten Sie dann wieder.',
  }),
  'mailbox.elsewhere': ({ mailbox, connection, to, sameOrganisation, response }) => ({
    message: `Das Postfach ${quoted(mailbox)} ist nicht mehr auf der Verbindung ${quoted(connection)}: ${
      to === undefined
        ? `ein anderer Server der Organisation hat es${said(response ?? '')}`
        : `Autodiscover führt dort zu ${to}, ${sameOrganisation ? 'einem Server derselben Organisation' : 'soweit erkennbar einer anderen Organisation'}. Dorthin wurde kein Geheimnis gesendet.`
    }`,
    next: sameOrganisation
      ? `Konfigurieren Sie die Verbindung auf ${to ?? 'diesen Server'} um, wenn alle Postfächer dorthin gehen, oder legen Sie für dieses Postfach eine eigene an; starten Sie dann noch einmal. Was kopiert ist, bleibt kopiert.`
      : 'Wenn es mit Absicht dorthin verschoben wurde, legen Sie eine Verbindung zu dieser Organisation an und einen Auftrag, der übernimmt, was dort ist; sonst lassen Sie es zurückverschieben und starten noch einmal. Die anderen Postfächer gehen weiter.',
  }),
  'mailbox.notOnline': ({ mailbox, response }) => ({
    message: `Exchange Online hat kein Postfach von ${quoted(mailbox)}, das sich öffnen lässt${said(response)}`,
    next: 'Sehen Sie im Admin Center nach, was es ist: ein Benutzer ohne Exchange-Lizenz, ein gelöschtes Postfach, oder eines, das noch im eigenen Haus liegt (Get-Recipient <address> | Format-List RecipientTypeDetails, ExchangeGuid).',
  }),
  'mailbox.notReady': ({ mailbox, connection, reason, look }) => ({
    message: `Das Zielpostfach ${quoted(mailbox)} auf ${quoted(connection)} ist nicht bereit: ${inGerman('readiness', reason)}.`,
    next: `Lassen Sie es in Ordnung bringen${look === undefined ? '' : `; dies zeigt es: ${look}`}. Starten Sie dann den Auftrag wieder: Die anderen Postfächer berührt es nicht.`,
  }),
  'mailbox.full': ({ mailbox, response }) => ({
    message: `Das Postfach ${quoted(mailbox)} ist voll${said(response)}`,
    next: 'Lassen Sie sein Kontingent erhöhen oder Platz schaffen und starten Sie dann wieder: Es geht dort weiter, wo es anhielt.',
  }),
  'mailbox.replaced': ({ mailbox, side }) => ({
    message: `Das ${side === 'source' ? 'Quellpostfach' : 'Zielpostfach'} ${quoted(mailbox)} wurde ersetzt: Was heute so heißt, ist ein anderes als das, mit dem dieses Paar begann.`,
    next: 'Finden Sie heraus, ob es gelöscht und neu angelegt wurde. Ist das heutige das richtige, nehmen Sie es an (was schon da ist, wird übernommen) und starten Sie es.',
  }),
  'mailbox.readdressed': ({ mailbox, connection, now }) => ({
    message: `Auf der Verbindung ${quoted(connection)} führt die Adresse ${quoted(mailbox)} zu einem anderen Postfach als dem des Auftrags${now === undefined ? '' : `, das jetzt die Adresse ${now} hat`}. Es wurde nicht angefasst.`,
    next: 'Frischen Sie die E-Mail-Adressen des Auftrags auf (mailferry job refresh-addresses) und starten Sie dann wieder.',
  }),
  'folder.refused': ({ folder, response }) => ({
    message: `Das Ziel nimmt den Ordner ${quoted(folder)} nicht${said(response)}`,
    next: 'Seine Elemente stehen im Bericht. Benennen Sie den Ordner um, oder ordnen Sie ihn im Plan einem anderen zu; das nächste Delta überträgt ihn.',
  }),
  'folder.gone': ({ folder }) => ({
    message: `Der Ordner ${quoted(folder)} ist während des Laufs verschwunden.`,
    next: 'Führen Sie eine Delta-Migration aus: Sie sieht nach, wohin die Elemente gekommen sind.',
  }),
  'folder.collision': ({ folder, other, target }) => ({
    message: `Die Ordner ${quoted(folder)} und ${quoted(other)} würden im Ziel beide zu ${quoted(target)}.`,
    next: 'Ordnen Sie einen davon im Plan einem anderen Ordner zu und führen Sie dann eine Delta-Migration aus.',
  }),
  'item.textTooLarge': ({ size, limit }) => ({
    message: `Text und Kopf des Elements haben ${bytes(size)}; Office 365 nimmt sie nur in einer Anfrage an, von höchstens ${bytes(limit)}.`,
    next: 'Sichern Sie diese Nachricht aus dem alten Postfach, zum Beispiel als Anlage einer anderen: Anlagen dürfen größer sein. Zwischen zwei Mandanten kommt sie als Ganzes mit.',
  }),
  'item.tooLarge': ({ size, limit, raise }) => ({
    message: `Das Element hat ${bytes(size)}; das Ziel nimmt höchstens ${bytes(limit)}.`,
    next: `Lassen Sie die Grenze des Ziels erhöhen, wenn es wichtig ist${raise === undefined ? '' : `, in der Exchange-Verwaltungsshell: ${raise}`}. ${rowSaysWhy}`,
  }),
  'item.rejected': ({ response }) => ({ message: `Das Ziel hat das Element abgelehnt${said(response)}`, next: rowSaysWhy }),
  'item.unreadable': ({ response }) => ({ message: `Die Quelle konnte das Element nicht herausgeben${said(response)}`, next: rowSaysWhy }),
  'item.notCarried': ({ itemClass, format }) => ({
    message: `Ein Element der Klasse ${itemClass} lässt sich im Format ${format} nicht übertragen.`,
    next: sameKind,
  }),
  'transfer.refused': ({ host, operation, response }) => ({
    message: `${host} lässt dieses Konto ${operation} nicht benutzen, womit ganze Elemente übertragen werden${said(response)}`,
    next: `E-Mails gingen stattdessen als Nachrichten. Lassen Sie für den Rest das Konto ${operation} benutzen (seine Rolle, seine EWS-Anwendungsrichtlinie, eine Firewall vor EWS), und führen Sie den Auftrag noch einmal aus.`,
  }),
  'item.notUpdated': ({ because }) => ({
    message: `Das Element wurde in der Quelle geändert, nachdem es kopiert war, und seine Kopie blieb, wie sie ist: ${keptBecause[because]}.`,
    next: 'Vergleichen Sie die beiden, und bringen Sie die Kopie von Hand auf den Stand, wo das gewünscht ist.',
  }),
  'item.reduced': ({ losses }) => ({
    message: `Das Element ist im Ziel, aber ${losses.map(loss => reducedTo[loss]).join('; ')}.`,
    next: 'Nichts, wo es auf Text und Dateien ankommt. Ein Termin, der aus einer Einladung entstand, wird für sich übertragen, wo Kalender es werden.',
  }),
  'archive.closed': ({ mailbox, response }) => ({
    message: `Das Archiv von ${quoted(mailbox)} lässt sich nicht öffnen${said(response)}`,
    next: 'Mit dem Postfach selbst geht es weiter. Sehen Sie nach, wo das Archiv liegt (Get-Mailbox … | Format-List Archive*): eines in der Cloud, das zu einem lokalen Postfach gehört, ist von dort nicht zu erreichen; geben Sie sonst dem Konto die Rechte daran, oder schalten Sie Archive für den Auftrag ab.',
  }),
  'folder.notCarried': ({ folder, containerClass, items }) => ({
    message: `Der Ordner ${quoted(folder)} enthält ${count(items, 'Element', 'Elemente')} einer Art (${containerClass}), die sich zwischen diesen beiden Servern nicht übertragen lässt.`,
    next: `${sameKind} Schließen Sie den Ordner in den Filtern des Auftrags aus, damit er als absichtlich ausgelassen zählt.`,
  }),
  'item.changed': ({ expected, actual }) => ({
    message: `Aus dem Ziel zurückgelesen hat das Element ${bytes(actual)} statt ${bytes(expected)}.`,
    next: 'Etwas im Ziel (ein Virenscanner, ein Filter) ändert E-Mail beim Eintreffen; vergleichen Sie das Element dort mit dem der Quelle.',
  }),
  'pair.tooManyErrors': ({ errors, limit }) => ({
    message: `${count(errors, 'Element', 'Elemente')} dieses Postfachs sind fehlgeschlagen; die Grenze ist ${number(limit)}.`,
    next: 'Sehen Sie sich die Gründe im Bericht an. Starten Sie dann wieder, mit höherem "maxErrorsPerPair", wenn sich damit leben lässt.',
  }),
  'pair.deletionsHeld': ({ deletions, items }) => ({
    message: `${number(deletions)} von ${number(items)} Elementen sind aus der Quelle verschwunden; so viele Löschungen werden nicht ungefragt übertragen.`,
    next: 'Sind die Löschungen gewollt, erlauben Sie sie für das nächste Delta; sonst lassen Sie die Elemente im Ziel, wo sie sind.',
  }),
} satisfies Partial<Words>
