import { UpstreamRefused } from '../errors.ts';

/** A hard bounce: no mail to this address will ever arrive. */
export class Bounced extends UpstreamRefused {}
