/** STIX patterns of single values. Values are what strangers sent: quotes and backslashes never end a literal early. */
import { isIPv4 } from 'node:net';

/** A string literal of STIX patterning (section 9.3): in single quotes, with \\ and \' escaped. */
export function stringLiteral(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

/** Plain, as every consumer reads it: importers of other tools drop what is nested in network traffic. */
export function addressPattern(address: string): string {
  return `[${isIPv4(address) ? 'ipv4-addr' : 'ipv6-addr'}:value = ${stringLiteral(address)}]`;
}

/** Every address of a network. @param prefix "198.51.100.0/24" */
export function prefixPattern(prefix: string): string {
  return `[${prefix.includes(':') ? 'ipv6-addr' : 'ipv4-addr'}:value ISSUBSET ${stringLiteral(prefix)}]`;
}

export function systemPattern(number: number): string {
  return `[autonomous-system:number = ${number}]`;
}

export function userAgentPattern(userAgent: string): string {
  return `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = ${stringLiteral(userAgent)}]`;
}

export function traitPattern(type: string, trait: string, hash: string): string {
  return `[${type}:trait = ${stringLiteral(trait)} AND ${type}:value = ${stringLiteral(hash)}]`;
}
