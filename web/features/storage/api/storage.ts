import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { FolderAnswer, StorageAnswer } from "../../../../src/contract/storage.ts";
import type { BucketTestAnswer } from "../../../../src/contract/volume.ts";

import type { GroupsAnswer, GroupsBody } from "../../../../src/contract/volume-group.ts";
import type { KeepBody } from "../../../../src/contract/keep.ts";
import { api } from "../../../shared/api-client.ts";
import type { Bucket } from "../model/bucket.ts";

export type StoredVolume = StorageAnswer["volumes"][number];
export type NextPiece = StoredVolume["next"][number];
export type KeepRule = KeepBody["rules"][number];
export type Medium = NonNullable<StoredVolume["medium"]>;
export type VolumeGroup = GroupsBody["groups"][number];
export type PlacedGroup = GroupsAnswer["groups"][number];
export type StoredChannel = StorageAnswer["channels"][number];

/** What may be set of a volume; bytes `null`: no cap of its own. */
export interface VolumeLimits {
  readonly keepDays: number;
  readonly maxShare: number;
  readonly maxBytes: number | null;
}

/** Absent: a volume that is recorded to. */
export type ArchiveSettings = StoredVolume["archive"];

export const useStorage = (): UseQueryResult<StorageAnswer> =>
  useQuery({
    queryKey: ["storage"],
    queryFn: ({ signal }) => api.get<StorageAnswer>("storage", undefined, signal),
    refetchInterval: 30_000,
  });

/** Whether a folder could be a volume; asked only for what looks like a whole path. */
export const useFolder = (path: string): UseQueryResult<FolderAnswer> =>
  useQuery({
    queryKey: ["storage", "folder", path],
    queryFn: ({ signal }) => api.get<FolderAnswer>("storage/folder", { path }, signal),
    enabled: /^(\/|[A-Za-z]:[\\/])./.test(path),
    retry: false,
  });

function useChange<T>(change: (value: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(["storage", "volumes"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

const limitsOf = ({ maxBytes, ...limits }: VolumeLimits) => ({ ...limits, ...(maxBytes === null ? {} : { maxBytes }) });

/** The whole row goes out, so that a cap that was taken away is gone. */
export const useSetLimits = ({ id, path }: { readonly id: string; readonly path: string }) =>
  useChange(({ limits, archive }: { readonly limits: VolumeLimits; readonly archive: ArchiveSettings }) =>
    api.put(`volumes/${id}`, { path, ...limitsOf(limits), ...(archive === undefined ? {} : { archive }) }),
  );

export const useAddVolume = () =>
  useChange((volume: { readonly path?: string; readonly limits: VolumeLimits; readonly archive: ArchiveSettings }) =>
    api.post("volumes", {
      ...(volume.path === undefined ? {} : { path: volume.path }),
      ...limitsOf(volume.limits),
      ...(volume.archive === undefined ? {} : { archive: volume.archive }),
    }),
  );

/** Writes, reads, lists and deletes a small object. */
export const useTestBucket = () =>
  useMutation({
    mutationFn: (body: { readonly volume?: string; readonly bucket: Bucket }) =>
      api.post<BucketTestAnswer>("volumes/bucket-test", body),
  });

export const useMeasure = () => useChange((id: string) => api.post(`storage/volumes/${id}/measure`, {}));

export const useRemoveVolume = () => useChange((id: string) => api.delete(`volumes/${id}`));

export const useKeep = (): UseQueryResult<KeepBody> =>
  useQuery({
    queryKey: ["storage", "keep"],
    queryFn: ({ signal }) => api.get<KeepBody>("storage/keep", undefined, signal),
  });

export const useSetKeep = () => useChange((rules: readonly KeepRule[]) => api.put("storage/keep", { rules }));

export const useGroups = (): UseQueryResult<GroupsAnswer> =>
  useQuery({
    queryKey: ["storage", "groups"],
    queryFn: ({ signal }) => api.get<GroupsAnswer>("storage/groups", undefined, signal),
    refetchInterval: 5000,
  });

export const useSetGroups = () => useChange((groups: readonly VolumeGroup[]) => api.put("storage/groups", { groups }));
