import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ParseOption, XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

/**
 * Where Microsoft's `messages.xsd` and `types.xsd` are: `EWS_SCHEMA`, or beside the project. They are Microsoft's, so they aren't part of it; any
 * Exchange server gives them out.
 */
export const schemaDirectory: string | undefined = [
  process.env['EWS_SCHEMA'],
  join(import.meta.dirname, '../../../shared/schemas/ews'),
].find(dir => dir !== undefined && existsSync(join(dir, 'messages.xsd')))

export const howToGetTheSchema =
  'No EWS schema here, so nothing is validated against it. Save https://YOUR-EXCHANGE/EWS/messages.xsd and types.xsd in a folder and name it in EWS_SCHEMA.'

/** SOAP 1.1's envelope, strict about what it holds: the header's and the body's elements must be the schema's own. */
const envelope = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
    targetNamespace="http://schemas.xmlsoap.org/soap/envelope/">
  <xs:import namespace="http://schemas.microsoft.com/exchange/services/2006/messages" schemaLocation="messages.xsd"/>
  <xs:import namespace="http://schemas.microsoft.com/exchange/services/2006/types" schemaLocation="types.xsd"/>
  <xs:element name="Envelope"><xs:complexType><xs:sequence>
    <xs:element ref="s:Header" minOccurs="0"/>
    <xs:element ref="s:Body"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Header"><xs:complexType><xs:sequence>
    <xs:any namespace="##other" processContents="strict" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Body"><xs:complexType><xs:sequence><xs:any namespace="##any" processContents="strict"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Fault"><xs:complexType><xs:sequence>
    <xs:element name="faultcode" type="xs:QName"/>
    <xs:element name="faultstring"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
      <xs:anyAttribute namespace="http://www.w3.org/XML/1998/namespace" processContents="skip"/>
    </xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="faultactor" type="xs:anyURI" minOccurs="0"/>
    <xs:element name="detail" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`

/** Text longer than 10 MB is let through: messages are that long. */
const huge = { option: ParseOption.XML_PARSE_HUGE }

let validator: XsdValidator | undefined

/** Compiled once for the process: it takes half a second. */
function compiled(directory: string): XsdValidator {
  if (validator) return validator
  xmlRegisterFsInputProviders()
  using schema = XmlDocument.fromString(envelope, { url: pathToFileURL(join(directory, 'envelope.xsd')).href })
  validator = XsdValidator.fromDoc(schema)
  return validator
}

/** Fails unless a SOAP request or answer is valid against Microsoft's schema. Without a schema it only sees to it that the text is XML. */
export function assertValidSoap(soap: string | Buffer): void {
  using document = typeof soap === 'string' ? XmlDocument.fromString(soap, huge) : XmlDocument.fromBuffer(soap, huge)
  if (!schemaDirectory) return
  try {
    compiled(schemaDirectory).validate(document)
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error
    assert.fail(`Not valid against the EWS schema: ${error.message}\n${soap.toString('utf8').slice(0, 4000)}`)
  }
}
