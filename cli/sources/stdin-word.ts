/**
 * Stands for `-` on the command line: yargs loses a lone dash among several paths. It is also the name that standard input
 * has in reports; a file of that name can be read as `./<stdin>`.
 */
export const STDIN_WORD = '<stdin>';
