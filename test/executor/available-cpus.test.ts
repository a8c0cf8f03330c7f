import { describe, expect, test } from 'vitest';
import { availableCpus, cgroupCpuLimit, parseCpuMax } from '../../src/executor/available-cpus.js';

/** A system of small files. */
function reading(files: Record<string, string>) {
  return (path: string): string | null => files[path] ?? null;
}

describe('parseCpuMax', () => {
  test.each([
    ['150000 100000\n', 1.5],
    ['50000 100000', 0.5],
    ['max 100000\n', null],
    ['max', null],
    ['', null],
    [null, null],
    ['-1 100000', null],
    ['100000 0', null],
    ['nonsense here', null],
  ])('reads %j as %s CPUs', (text, cpus) => {
    expect(parseCpuMax(text)).toBe(cpus);
  });
});

describe('cgroupCpuLimit', () => {
  test('takes the tightest quota on the way to the root, when groups are nested', () => {
    const read = reading({
      '/proc/self/cgroup': '0::/kube/pod/box\n',
      '/sys/fs/cgroup/kube/pod/box/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/kube/pod/cpu.max': '250000 100000\n',
      '/sys/fs/cgroup/kube/cpu.max': '800000 100000\n',
    });
    expect(cgroupCpuLimit(read)).toBe(2.5);
  });

  test('reads the root group, when the process is in a namespace of its own', () => {
    const read = reading({
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/cpu.max': '200000 100000\n',
    });
    expect(cgroupCpuLimit(read)).toBe(2);
  });

  test('leaves out steps upwards, when the path leads out of the namespace', () => {
    const read = reading({
      '/proc/self/cgroup': '0::/../other\n',
      '/sys/fs/cgroup/other/cpu.max': '300000 100000\n',
    });
    expect(cgroupCpuLimit(read)).toBe(3);
  });

  test('reads version 1, when the cpu controller has a hierarchy of its own', () => {
    const read = reading({
      '/proc/self/cgroup': '12:memory:/box\n4:cpu,cpuacct:/box\n1:name=systemd:/init\n',
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us': '400000\n',
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    });
    expect(cgroupCpuLimit(read)).toBe(4);
  });

  test.each([
    ['there are no control groups', {}],
    ['the file is nonsense', { '/proc/self/cgroup': 'nonsense\n0:\n' }],
    ['no quota is set', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000' }],
  ])('is null, when %s', (_, files) => {
    expect(cgroupCpuLimit(reading(files))).toBeNull();
  });
});

test('availableCpus is a whole number of at least one on this machine', () => {
  expect(Number.isInteger(availableCpus())).toBe(true);
  expect(availableCpus()).toBeGreaterThanOrEqual(1);
});
