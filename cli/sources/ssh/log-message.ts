/** What a log message looks like that Cisco devices print between other lines: `*Mar  1 00:01:02.003: %SYS-5-CONFIG_I: …`. */
export const LOG_MESSAGE =
  /^\S.{0,60}%[A-Z][A-Z0-9_]*-(?:[A-Z0-9_]+-)?[0-7]-[A-Z0-9_]+:|^%(?:ASA|FTD|FWSM|PIX)-[0-7]-\d{6}:/;
