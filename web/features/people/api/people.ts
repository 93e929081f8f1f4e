/** Users, sessions, keys and the audit log as the People page asks for them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { api, apiUrl, type Query } from "../../../shared/api-client.ts";
import type { AuditRow, Key, LoginLink, NewKey, Rights, Role, Session, User } from "../../../shared/types.ts";

export type { AuditRow, Key, LoginLink, NewKey, Rights, Role, Session, User } from "../../../shared/types.ts";
export type Scope = Key["scopes"][number];

export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly password?: string;
  readonly rights: Rights;
}

export interface AuditFilter {
  readonly kind?: AuditRow["kind"] | undefined;
  readonly person?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export const useUsers = () =>
  useQuery({ queryKey: ["users"], queryFn: ({ signal }) => api.get<readonly User[]>("users", undefined, signal) });
export const useKeys = () =>
  useQuery({ queryKey: ["keys"], queryFn: ({ signal }) => api.get<readonly Key[]>("keys", undefined, signal) });
export const useSessions = () =>
  useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => api.get<readonly Session[]>("sessions", undefined, signal),
  });

/** Changes something and reads the list anew that shows it. */
function useChange<Given, Got>(
  list: string,
  change: (given: Given) => Promise<Got>,
): UseMutationResult<Got, Error, Given> {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: [list] }) });
}

const at = (name: string) => `users/${encodeURIComponent(name)}`;

export const useAddUser = () => useChange("users", (user: NewUser) => api.post<User>("users", user));
export const useChangeUser = () =>
  useChange("users", ({ name, ...body }: { name: string; role: Role; rights: Rights }) =>
    api.patch<User>(at(name), body),
  );
export const useRemoveUser = () => useChange("users", (name: string) => api.delete(at(name)));
export const useSetPassword = () =>
  useChange("sessions", ({ name, password }: { name: string; password: string }) =>
    api.put(`${at(name)}/password`, { password }),
  );
export const useMakeLink = () => useChange("users", (name: string) => api.post<LoginLink>(`${at(name)}/link`));

export const useAddKey = () =>
  useChange("keys", (key: { name: string; scopes: readonly Scope[] }) => api.post<NewKey>("keys", key));
export const useRemoveKey = () => useChange("keys", (id: string) => api.delete(`keys/${id}`));
export const useEndSession = () => useChange("sessions", (id: string) => api.delete(`sessions/${id}`));
export const useOwnPassword = () =>
  useChange("sessions", (body: { current: string; password: string }) => api.put("me/password", body));

const pageRows = 100;
const queryOf = ({ kind, person, since, until }: AuditFilter): Query => ({ kind, person, since, until });

/** The audit log, the newest first, page by page. */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ["audit", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<readonly AuditRow[]>("audit", { ...queryOf(filter), before: pageParam, limit: pageRows }, signal),
    getNextPageParam: (page) => (page.length < pageRows ? undefined : page.at(-1)?.id),
  });

export const auditFile = (filter: AuditFilter): string => apiUrl("audit.csv", queryOf(filter));
