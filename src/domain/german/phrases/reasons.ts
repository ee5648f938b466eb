/** What fills in errors and states: reasons, operations, and what is wrong with a row. */
export const reasons: Readonly<Record<string, string>> = {
  'refreshing email addresses': 'E-Mail-Adressen auffrischen',
  'starting the job': 'den Auftrag starten',
  'restarting the job': 'den Auftrag neu starten',
  'a delta migration': 'eine Delta-Migration',
  'resetting the migration state': 'den Migrationsstand zurücksetzen',
  'reconfiguring its connection': 'seine Verbindung neu konfigurieren',
  reset: 'zurücksetzen',
  verify: 'prüfen',
  'the admin account has another address now': 'das Administratorkonto hat jetzt eine andere Adresse',
  'the sign-in is refused, and the admin account’s domain has left the organisation':
    'die Anmeldung wird abgelehnt, und die Domäne des Administratorkontos hat die Organisation verlassen',
  'the server is no longer at its recorded address': 'der Server ist nicht mehr an der vermerkten Adresse',
  'a domain change was declared that concerns it': 'ein Domänenwechsel wurde gemeldet, der sie betrifft',
  'the admin account has another address now ({0})': 'das Administratorkonto hat jetzt eine andere Adresse ({0})',
  'the server is no longer at its recorded address ({0})': 'der Server ist nicht mehr an der vermerkten Adresse ({0})',
  'a domain change was declared that concerns it ({0})': 'ein Domänenwechsel wurde gemeldet, der sie betrifft ({0})',
  'the sign-in is refused, and {0}': 'die Anmeldung wird abgelehnt, und {0}',
  '{0} is {1} now': '{0} ist jetzt {1}',
  '{0} is gone, and discovery leads to {1}': '{0} ist fort, und die Suche führt zu {1}',
  '{0} is no longer a domain of the organisation': '{0} ist keine Domäne der Organisation mehr',
  'discovery of it leads to {0}': 'die Suche danach führt zu {0}',
  'the domain {0} moves': 'die Domäne {0} zieht um',
  'nothing proves that another IMAP server has the same mailboxes, and its logins are what was typed':
    'nichts beweist, dass ein anderer IMAP-Server dieselben Postfächer hat, und seine Anmeldenamen sind, was eingetippt wurde',
  'The server’s address or the admin account may have changed with the domain.':
    'Die Adresse des Servers oder das Administratorkonto kann sich mit der Domäne geändert haben.',
  'It signs in as an application, which no domain change touches.': 'Sie meldet sich als Anwendung an, die kein Domänenwechsel berührt.',
  'Its admin signs in with an onmicrosoft.com address, which no domain change touches.':
    'Ihr Administrator meldet sich mit einer onmicrosoft.com-Adresse an, die kein Domänenwechsel berührt.',
  "it isn't needed. {0}": 'es ist nicht nötig. {0}',
  'Its host and logins are what was typed, whatever domain they are in.':
    'Ihr Host und ihre Anmeldenamen sind, was eingetippt wurde, in welcher Domäne auch immer.',
  'Nothing of it depends on {0}.': 'Nichts davon hängt von {0} ab.',
  'no answer': 'keine Antwort',
  'It was never verified, and a check by itself shows no secret to a server that discovery finds.':
    'Sie wurde nie geprüft, und eine Prüfung von selbst zeigt kein Geheimnis einem Server, den die Suche findet.',
  'priority is not a whole number': 'priority ist keine ganze Zahl',
  '{0} fields, but the header names {1}': '{0} Felder, die Kopfzeile nennt aber {1}',
  '{0} is empty': '{0} ist leer',
  '{0} are empty': '{0} sind leer',
  'side is neither source nor target': 'side ist weder source noch target',
  '“{0}” or “{1}” is listed in line {2} already': '„{0}“ oder „{1}“ steht schon in Zeile {2}',
  'the job “{0}” has no mailbox “{1}”': 'der Auftrag „{0}“ hat kein Postfach „{1}“',
  '{0} is no GUID': '{0} ist keine GUID',
  'the {0} has no mailbox “{1}”': 'es gibt kein Postfach „{1}“ ({0})',
  'the {0} mailbox “{1}” is listed in line {2} already': 'das Postfach „{1}“ ({0}) steht schon in Zeile {2}',
  '{0} is listed in line {1} already': '{0} steht schon in Zeile {1}',
  'with tls “none” passwords and mail travel readable; true is your consent':
    'mit tls „none“ reisen Kennwörter und E-Mail lesbar; true ist Ihre Zustimmung',
  '“{0}” is already {1}': '„{0}“ ist schon {1}',
  'resetting “{0}”, after {1} of {2} mailboxes': '„{0}“ zurücksetzen, nach {1} von {2} Postfächern',
  'removing what was written to “{0}”': 'entfernen, was nach „{0}“ geschrieben wurde',
  'none is needed, for IMAP has no such addresses': 'keine nötig, denn IMAP hat solche Adressen nicht',
  'the target is an IMAP server, which can’t be given one': 'das Ziel ist ein IMAP-Server, dem man keine geben kann',
  'Office 365 doesn’t tell it through Graph; give an export of Get-Mailbox with the column LegacyExchangeDN':
    'Office 365 sagt sie über Graph nicht; geben Sie einen Export von Get-Mailbox mit der Spalte LegacyExchangeDN an',
  'it isn’t known yet; refresh the addresses, or give an export of Get-Mailbox with the column LegacyExchangeDN':
    'sie ist noch nicht bekannt; frischen Sie die Adressen auf, oder geben Sie einen Export von Get-Mailbox mit der Spalte LegacyExchangeDN an',
}
