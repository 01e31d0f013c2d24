// The same guard as web/privacy.py, so that personal data is caught before it is sent. The server checks again.
const NUMBER = /(?<![\d:/-])(?:(?:18|19|20)\d{2}|\d{2}) ?\d{2} ?\d{2} ?[-+ ]? ?\d{4}(?![\d:/])/g;
const EMAIL = /[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/u;
const PHONE = /(?<![\d:/.,§-])(?:\+46|0046|0)[ -]?\(?0?\)?[1-9](?:[ -]?\d){6,9}(?![\d:/])/;

export function isPersonal(text) {
  return EMAIL.test(text) || PHONE.test(text) || (text.match(NUMBER) ?? []).some(isIdentity);
}

function isIdentity(text) {
  const digits = text.replace(/\D/g, "");
  const ten = digits.slice(-10);
  return [10, 12].includes(digits.length) && isDay(ten) && luhn(ten);
}

function isDay(ten) {
  const [year, month, number] = [ten.slice(0, 2), ten.slice(2, 4), ten.slice(4, 6)].map(Number);
  const day = number > 60 ? number - 60 : number;
  return [1900, 2000].some((century) => {
    const date = new Date(Date.UTC(century + year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  });
}

function luhn(ten) {
  const doubled = [...ten].map((d, n) => Number(d) * (n % 2 === 0 ? 2 : 1));
  return doubled.reduce((sum, d) => sum + Math.floor(d / 10) + (d % 10), 0) % 10 === 0;
}
