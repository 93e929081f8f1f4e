/** What a password must be; pages show it while it is typed, the API checks it. */
export const leastPasswordLength = 10;
export const mostPasswordLength = 256;

export interface PasswordRules {
  readonly longEnough: boolean;
  readonly notTheName: boolean;
}

export const passwordRules = (user: string, password: string): PasswordRules => ({
  longEnough: password.length >= leastPasswordLength,
  notTheName: password !== "" && password.toLowerCase() !== user.trim().toLowerCase(),
});

export function isAllowedPassword(user: string, password: string): boolean {
  const { longEnough, notTheName } = passwordRules(user, password);
  return longEnough && notTheName;
}
