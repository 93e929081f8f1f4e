import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseVolume, groupTrouble, type VolumeGroup } from "./volume-groups.ts";

const volumes = (...ready: string[]) => ["a", "b", "c"].map((id) => ({ id, ready: ready.includes(id) }));
const doors: VolumeGroup = { name: "Doors", volumes: ["c", "b"], channels: [1, 2] };
const placed = (groups: readonly VolumeGroup[], channel: number, ...ready: string[]) => {
  const { volume, place } = chooseVolume(groups, channel, volumes(...ready));
  return `${place} ${volume?.id ?? "-"}`;
};

test("a camera of a group is recorded to the first of its volumes that takes footage, others to the first of all", () => {
  assert.equal(placed([doors], 1, "a", "b", "c"), "own c");
  assert.equal(placed([doors], 1, "a", "b"), "own b");
  assert.equal(placed([doors], 3, "a", "b", "c"), "own a");
  assert.equal(placed([doors], 3, "c"), "own c");
  assert.equal(placed([], 1), "none -");
});

test("a group that has no volume left records elsewhere, and a strict one nowhere", () => {
  assert.equal(placed([doors], 1, "a"), "elsewhere a");
  assert.equal(placed([{ ...doors, strict: true }], 1, "a"), "none -");
  assert.equal(placed([{ ...doors, strict: true }], 3, "a"), "own a");
});

test("a group none of whose volumes is set up any more is as if it were not there", () => {
  const gone = { ...doors, volumes: ["x"], strict: true };
  assert.equal(placed([gone], 1, "a"), "own a");
  assert.equal(chooseVolume([gone], 1, volumes("a")).group, undefined);
});

test("whatever the groups, footage that can be recorded somewhere is, unless a strict group says no", () => {
  const ids = ["a", "b", "c"];
  const group = fc.record({
    ...{ name: fc.string(), volumes: fc.subarray(ids), channels: fc.subarray([1, 2, 3]), strict: fc.boolean() },
  });
  fc.assert(
    fc.property(
      fc.array(group, { maxLength: 3 }),
      fc.constantFrom(1, 2, 3),
      fc.subarray(ids),
      (groups, channel, ready) => {
        const chosen = chooseVolume(groups, channel, volumes(...ready));
        if (chosen.volume !== undefined) assert.ok(ready.includes(chosen.volume.id));
        else assert.ok(ready.length === 0 || (chosen.group?.strict === true && !chosen.meant.some((one) => one.ready)));
        assert.equal(chosen.place === "own", chosen.volume !== undefined && chosen.meant.includes(chosen.volume));
      },
    ),
  );
});

test("groups that can't be meant are told why", () => {
  assert.equal(groupTrouble([doors, { ...doors, name: "Yard", channels: [3] }]), undefined);
  assert.equal(groupTrouble([doors, { ...doors, channels: [3] }]), "names two groups alike");
  assert.equal(groupTrouble([doors, { ...doors, name: "Yard" }]), "has a camera in two groups");
  assert.equal(groupTrouble([{ ...doors, volumes: [] }]), "has a group without a volume");
  assert.equal(groupTrouble([{ ...doors, name: " " }]), "has a group without a name");
});
