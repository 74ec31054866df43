/**
 * One transport service: IP protocol and destination port (for ICMP the selector). Permitted sets are computed slice by
 * slice: rules that cannot match it drop out, and within it sets leave protocol and destination port free.
 */
export interface Slice {
  readonly protocol: number;
  readonly port: number;
}
