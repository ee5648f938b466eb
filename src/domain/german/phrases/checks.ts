/** What the checks of servers say beside their outcome. */
export const checks: Readonly<Record<string, string>> = {
  // IMAP
  'an admin is tried on somebody’s mailbox, and none was named':
    'ein Administrator wird an einem Postfach ausprobiert, und keines wurde genannt',
  'TLS from the first byte': 'TLS vom ersten Byte an',
  'not encrypted, as was agreed to': 'unverschlüsselt, wie vereinbart',
  'as {0}': 'als {0}',
  '{0} for {1}': '{0} für {1}',
  'in the mailbox of {0}': 'im Postfach von {0}',
  'each mailbox signs in for itself': 'jedes Postfach meldet sich selbst an',
  'IMAP can’t list mailboxes; the job names them': 'IMAP kann keine Postfächer auflisten; der Auftrag nennt sie',
  '{0} sign-ins are known': '{0} Anmeldungen sind bekannt',
  refused: 'abgelehnt',
  'The server has to let the admin authorise as others by SASL PLAIN. Dovecot: a passdb with master = yes that knows the admin, and pass = yes or result_success = continue.':
    'Der Server muss den Administrator mit SASL PLAIN für andere handeln lassen. Dovecot: eine passdb mit master = yes, die den Administrator kennt, und pass = yes oder result_success = continue.',
  'Dovecot: auth_master_user_separator has to be this separator, a passdb with master = yes has to know the admin, and the mailbox has to exist.':
    'Dovecot: auth_master_user_separator muss dieses Trennzeichen sein, eine passdb mit master = yes muss den Administrator kennen, und das Postfach muss es geben.',
  '{0} folder, {1}': '{0} Ordner, {1}',
  '{0} folders, {1}': '{0} Ordner, {1}',
  'the server doesn’t tell': 'der Server sagt es nicht',
  'no limit': 'keine Grenze',
  '{0} of {1} MB used': '{0} von {1} MB belegt',
  'one more request for each folder': 'je Ordner eine Anfrage mehr',
  'a round trip more for each message': 'je Nachricht ein Hin und Her mehr',
  'messages are written one by one': 'Nachrichten werden einzeln geschrieben',
  'each written message is looked up once more; deletions can’t name single messages':
    'jede geschriebene Nachricht wird noch einmal gesucht; Löschungen können keine einzelnen Nachrichten nennen',
  'a delta reads all flags of every folder': 'ein Delta liest alle Markierungen jedes Ordners',
  'a delta lists all UIDs to see what was deleted': 'ein Delta listet alle UIDs auf, um Gelöschtes zu sehen',
  'longer lists of UIDs': 'längere Listen von UIDs',
  'messages are moved by copying and deleting': 'Nachrichten werden durch Kopieren und Löschen verschoben',
  'Sent, Trash and their like are told by their names': 'Gesendet, Papierkorb und dergleichen werden an ihren Namen erkannt',
  'moves between folders are told by the messages’ content': 'Verschobenes wird am Inhalt der Nachrichten erkannt',
  'a mailbox that will be full isn’t foreseen': 'ein Postfach, das voll wird, ist nicht vorherzusehen',
  'no {0} ({1})': 'kein {0} ({1})',
  'none of those that help': 'keine von denen, die helfen',
  // Exchange
  'Exchange doesn’t tell its limits; a migration goes faster without them:\n{0}':
    'Exchange sagt seine Grenzen nicht; ohne sie geht eine Migration schneller:\n{0}',
  'no mailbox was named to try it on': 'kein Postfach wurde genannt, um es daran auszuprobieren',
  '{0} for {1}. To grant it:\n{2}': '{0} für {1}. So wird es erteilt:\n{2}',
  '{0} for {1}, {2}': '{0} für {1}, {2}',
  'by the role ApplicationImpersonation': 'durch die Rolle ApplicationImpersonation',
  'by full access': 'durch Vollzugriff',
  '{0} folder in the mailbox of {1}': '{0} Ordner im Postfach von {1}',
  '{0} folders in the mailbox of {1}': '{0} Ordner im Postfach von {1}',
  'EWS can’t list mailboxes; the administrator can, in the Exchange Management Shell:\n{0}':
    'EWS kann keine Postfächer auflisten; der Administrator kann es in der Exchange Management Shell:\n{0}',
  'whole items, by ExportItems and UploadItems': 'ganze Elemente, mit ExportItems und UploadItems',
  'MIME only: the server doesn’t let whole items be exported ({0})': 'nur MIME: Der Server lässt keine ganzen Elemente exportieren ({0})',
  'no DeploymentId': 'keine DeploymentId',
  'DeploymentId {0}; the admin has no mailbox': 'DeploymentId {0}; der Administrator hat kein Postfach',
  'DeploymentId {0}; the admin is {1}': 'DeploymentId {0}; der Administrator ist {1}',
  'Autodiscover at {0}': 'Autodiscover auf {0}',
  'EWS is at {0}, as the connection says': 'EWS liegt unter {0}, wie die Verbindung sagt',
  'for {0}': 'für {0}',
  'Autodiscover of {0} leads to {1}': 'Autodiscover von {0} führt zu {1}',
  'not told': 'nicht gesagt',
  'as {0}, by {1}': 'als {0}, mit {1}',
  'Autodiscover tells no mailbox GUIDs, so addresses are refreshed by legacyExchangeDN alone':
    'Autodiscover sagt keine Postfach-GUIDs; Adressen werden darum nur über legacyExchangeDN aufgefrischt',
  'receipt requests have to be taken out of changed items, for receipts can’t be suppressed':
    'Lesebestätigungen müssen aus geänderten Elementen entfernt werden, denn sie lassen sich nicht unterdrücken',
  'items can’t be exported whole: mail travels as MIME, and nothing else does':
    'Elemente lassen sich nicht ganz exportieren: E-Mail reist als MIME, anderes gar nicht',
  // Office 365
  'a person’s sign-in ends when the tenant’s rules say so': 'die Anmeldung einer Person endet, wenn die Regeln des Mandanten es sagen',
  'not told without the permission Application.Read.All; see the application’s page Certificates & secrets in the Entra admin centre':
    'ohne die Berechtigung Application.Read.All nicht zu erfahren; siehe die Seite „Zertifikate & Geheimnisse“ der Anwendung im Entra Admin Center',
  'the tenant names no secret of the application': 'der Mandant nennt kein Geheimnis der Anwendung',
  '{0} is good until {1}': '{0} gilt bis {1}',
  '{0} is good until {1}: only {2} day. Renew it before a run meets its end':
    '{0} gilt bis {1}: nur noch {2} Tag. Erneuern Sie es, bevor ein Lauf an sein Ende kommt',
  '{0} is good until {1}: only {2} days. Renew it before a run meets its end':
    '{0} gilt bis {1}: nur noch {2} Tage. Erneuern Sie es, bevor ein Lauf an sein Ende kommt',
  'the certificate': 'das Zertifikat',
  'the secret': 'das Geheimnis',
  'the first of its secrets': 'das erste seiner Geheimnisse',
  'the token is sealed; what is missing shows when it is needed': 'das Token ist versiegelt; was fehlt, zeigt sich, wenn es gebraucht wird',
  'the token has {0}': 'das Token hat {0}',
  none: 'keine',
  '{0} not for the whole tenant ({1} may bind it to some mailboxes)':
    '{0} nicht für den ganzen Mandanten ({1} bindet es vielleicht an einige Postfächer)',
  'without {0}, this is left out: {1}': 'ohne {0} fehlt: {1}',
  'somebody signed in himself opens other people’s mailboxes only where he has full access to them; an application needs no such access':
    'wer sich selbst anmeldet, öffnet fremde Postfächer nur, wo er Vollzugriff hat; eine Anwendung braucht ihn nicht',
  'more than a source needs: {0}': 'mehr, als eine Quelle braucht: {0}',
  'the users of the tenant': 'die Benutzer des Mandanten',
  'nobody has an address yet': 'noch hat niemand eine Adresse',
  '{0} people, rooms and shared mailboxes': '{0} Personen, Räume und freigegebene Postfächer',
  'not told without the permission Domain.Read.All': 'ohne die Berechtigung Domain.Read.All nicht zu erfahren',
  'the domains of the tenant': 'die Domänen des Mandanten',
  'the mailbox of {0}': 'das Postfach von {0}',
  'there is no mailbox to try it on': 'es gibt kein Postfach, um es daran auszuprobieren',
  '{0} has no mailbox to try it on; name one that has':
    '{0} hat kein Postfach, um es daran auszuprobieren; nennen Sie jemanden mit Postfach',
  '{0} items and {1} folders in the inbox of {2}': '{0} Elemente und {1} Ordner im Posteingang von {2}',
  'messages by Graph; the mailbox import and export API, which is full fidelity between two tenants, isn’t in this cloud':
    'Nachrichten mit Graph; die Import- und Export-API für Postfächer, die zwischen zwei Mandanten alles bewahrt, gibt es in dieser Cloud nicht',
  'messages by Graph; the mailbox import and export API, which is full fidelity between two tenants, can’t be asked for ({0})':
    'Nachrichten mit Graph; nach der Import- und Export-API für Postfächer, die zwischen zwei Mandanten alles bewahrt, lässt sich nicht fragen ({0})',
  'messages by Graph; the mailbox import and export API, which is full fidelity between two tenants, needs a permission that isn’t there':
    'Nachrichten mit Graph; der Import- und Export-API für Postfächer, die zwischen zwei Mandanten alles bewahrt, fehlt eine Berechtigung',
  'messages by Graph; the mailbox import and export API, which is full fidelity between two tenants, refuses ({0})':
    'Nachrichten mit Graph; die Import- und Export-API für Postfächer, die zwischen zwei Mandanten alles bewahrt, lehnt ab ({0})',
  'full fidelity by the mailbox import and export API, and messages by Graph':
    'alles bewahrt durch die Import- und Export-API für Postfächer, und Nachrichten mit Graph',
  'as the application {0} in {1}, by {2}': 'als Anwendung {0} in {1}, mit {2}',
  'tenant {0}': 'Mandant {0}',
  'kept below what Microsoft publishes: 10,000 requests in 10 minutes, 150 MB in 5 minutes and 4 requests at once for each mailbox':
    'unter dem gehalten, was Microsoft veröffentlicht: je Postfach 10.000 Anfragen in 10 Minuten, 150 MB in 5 Minuten und 4 Anfragen zugleich',
  // EWS of a tenant
  'the tenant still allows it': 'der Mandant erlaubt es noch',
  'Microsoft ends it for all tenants on {0}, in {1} days: leave "ews" out of what isn’t through by then':
    'Microsoft beendet es für alle Mandanten am {0}, in {1} Tagen: Lassen Sie "ews" weg, wo bis dahin nicht alles fertig ist',
  'Microsoft ends it for all tenants on {0}, in {1} day: leave "ews" out of what isn’t through by then':
    'Microsoft beendet es für alle Mandanten am {0}, in {1} Tag: Lassen Sie "ews" weg, wo bis dahin nicht alles fertig ist',
  'Microsoft ended it for all tenants on {0}: leave "ews" out': 'Microsoft hat es für alle Mandanten am {0} beendet: Lassen Sie "ews" weg',
  'a token for Exchange Online': 'ein Token für Exchange Online',
}
