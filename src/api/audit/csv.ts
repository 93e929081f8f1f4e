/** What spreadsheets take for a formula; a quote before it makes it text (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/;

/** A line of a CSV file, RFC 4180. */
export const csvLine = (fields: readonly string[]): string =>
  `${fields.map((field) => `"${(formula.test(field) ? `'${field}` : field).replaceAll('"', '""')}"`).join(",")}\r\n`;
