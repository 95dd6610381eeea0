import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import { endpointForbidden } from './endpoint-url.js'
import { WebhookFailed } from './webhook-failed.js'

export type CheckedAddresses = readonly [LookupAddress, ...LookupAddress[]]

/** The addresses of a host, every one of them public or in a network that the host application allows. One that is not refuses them all. */
export const checkedAddresses = (addresses: readonly string[], allowed: BlockList): CheckedAddresses => {
  const [first, ...others] = addresses.map((address): LookupAddress => {
    if (!isReachable(address, allowed))
      throw endpointForbidden('its name leads to an address that is not public')
    return { address, family: isIP(address) }
  })
  if (first === undefined) throw new WebhookFailed('endpoint_unreachable', 'the endpoint has no address')
  return [first, ...others]
}

export const networksOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    if (!isNetwork(network))
      throw new ConfigurationError('an allowed network is written as an address and a length: 10.4.0.0/16')
    const [address, length] = ipaddr.parseCIDR(network)
    list.addSubnet(address.toString(), length, address.kind())
  }
  return list
}

const isNetwork = (text: string): boolean => {
  try {
    ipaddr.parseCIDR(text)
    return isIP(text.slice(0, text.indexOf('/'))) !== 0
  } catch {
    return false
  }
}

const isReachable = (text: string, allowed: BlockList): boolean => {
  if (isIP(text) === 0) return false
  // An IPv4 address in the clothes of IPv6 is looked at as what it is.
  const address = ipaddr.process(text)
  const isListedIn = (list: BlockList): boolean => list.check(address.toString(), address.kind())
  if (isListedIn(allowed)) return true
  return address.range() === 'unicast' && isListedIn(assigned) && !isListedIn(metadata)
}

/** Of IPv6 only this part is given out to networks at all; the rest is special or not in use. */
const assigned = networksOf(['0.0.0.0/0', '2000::/3'])

/** Public by its number, and yet answered by the machine's own cloud: the agent of Azure. All other metadata services are at addresses that are not public. */
const metadata = networksOf(['168.63.129.16/32'])
