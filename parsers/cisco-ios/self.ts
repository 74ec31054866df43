/** Name of the segment that is the device itself, as zone pairs of IOS call it. */
export const SELF = 'self';
