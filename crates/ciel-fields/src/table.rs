//! The fields: what each is called, holds and takes.
//!
//! Written by `cargo xtask schema`; do not edit.

use ciel_event::schema::{Format as F, ParamType as T};

use crate::{FieldFlags, FieldInfo};

/// A field, without its argument.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u16)]
pub enum FieldId {
    /// `evt.latency`
    EvtLatency,
    /// `evt.latency.s`
    EvtLatencyS,
    /// `evt.latency.ns`
    EvtLatencyNs,
    /// `evt.latency.quantized`
    EvtLatencyQuantized,
    /// `evt.latency.human`
    EvtLatencyHuman,
    /// `evt.deltatime`
    EvtDeltatime,
    /// `evt.deltatime.s`
    EvtDeltatimeS,
    /// `evt.deltatime.ns`
    EvtDeltatimeNs,
    /// `evt.outputtime`
    EvtOutputtime,
    /// `evt.dir`
    EvtDir,
    /// `evt.type`
    EvtType,
    /// `evt.type.is`
    EvtTypeIs,
    /// `syscall.type`
    SyscallType,
    /// `evt.category`
    EvtCategory,
    /// `evt.cpu`
    EvtCpu,
    /// `evt.args`
    EvtArgs,
    /// `evt.arg`
    EvtArg,
    /// `evt.rawarg`
    EvtRawarg,
    /// `evt.info`
    EvtInfo,
    /// `evt.buffer`
    EvtBuffer,
    /// `evt.buflen`
    EvtBuflen,
    /// `evt.res`
    EvtRes,
    /// `evt.rawres`
    EvtRawres,
    /// `evt.failed`
    EvtFailed,
    /// `evt.is_io`
    EvtIsIo,
    /// `evt.is_io_read`
    EvtIsIoRead,
    /// `evt.is_io_write`
    EvtIsIoWrite,
    /// `evt.io_dir`
    EvtIoDir,
    /// `evt.is_wait`
    EvtIsWait,
    /// `evt.wait_latency`
    EvtWaitLatency,
    /// `evt.is_syslog`
    EvtIsSyslog,
    /// `evt.count`
    EvtCount,
    /// `evt.count.error`
    EvtCountError,
    /// `evt.count.error.file`
    EvtCountErrorFile,
    /// `evt.count.error.net`
    EvtCountErrorNet,
    /// `evt.count.error.memory`
    EvtCountErrorMemory,
    /// `evt.count.error.other`
    EvtCountErrorOther,
    /// `evt.count.exit`
    EvtCountExit,
    /// `evt.count.procinfo`
    EvtCountProcinfo,
    /// `evt.count.threadinfo`
    EvtCountThreadinfo,
    /// `evt.abspath`
    EvtAbspath,
    /// `evt.buflen.in`
    EvtBuflenIn,
    /// `evt.buflen.out`
    EvtBuflenOut,
    /// `evt.buflen.file`
    EvtBuflenFile,
    /// `evt.buflen.file.in`
    EvtBuflenFileIn,
    /// `evt.buflen.file.out`
    EvtBuflenFileOut,
    /// `evt.buflen.net`
    EvtBuflenNet,
    /// `evt.buflen.net.in`
    EvtBuflenNetIn,
    /// `evt.buflen.net.out`
    EvtBuflenNetOut,
    /// `evt.is_open_read`
    EvtIsOpenRead,
    /// `evt.is_open_write`
    EvtIsOpenWrite,
    /// `evt.infra.docker.name`
    EvtInfraDockerName,
    /// `evt.infra.docker.container.id`
    EvtInfraDockerContainerId,
    /// `evt.infra.docker.container.name`
    EvtInfraDockerContainerName,
    /// `evt.infra.docker.container.image`
    EvtInfraDockerContainerImage,
    /// `evt.is_open_exec`
    EvtIsOpenExec,
    /// `evt.is_open_create`
    EvtIsOpenCreate,
    /// `fd.num`
    FdNum,
    /// `fd.type`
    FdType,
    /// `fd.typechar`
    FdTypechar,
    /// `fd.name`
    FdName,
    /// `fd.directory`
    FdDirectory,
    /// `fd.filename`
    FdFilename,
    /// `fd.ip`
    FdIp,
    /// `fd.cip`
    FdCip,
    /// `fd.sip`
    FdSip,
    /// `fd.lip`
    FdLip,
    /// `fd.rip`
    FdRip,
    /// `fd.port`
    FdPort,
    /// `fd.cport`
    FdCport,
    /// `fd.sport`
    FdSport,
    /// `fd.lport`
    FdLport,
    /// `fd.rport`
    FdRport,
    /// `fd.l4proto`
    FdL4proto,
    /// `fd.sockfamily`
    FdSockfamily,
    /// `fd.is_server`
    FdIsServer,
    /// `fd.uid`
    FdUid,
    /// `fd.containername`
    FdContainername,
    /// `fd.containerdirectory`
    FdContainerdirectory,
    /// `fd.proto`
    FdProto,
    /// `fd.cproto`
    FdCproto,
    /// `fd.sproto`
    FdSproto,
    /// `fd.lproto`
    FdLproto,
    /// `fd.rproto`
    FdRproto,
    /// `fd.net`
    FdNet,
    /// `fd.cnet`
    FdCnet,
    /// `fd.snet`
    FdSnet,
    /// `fd.lnet`
    FdLnet,
    /// `fd.rnet`
    FdRnet,
    /// `fd.connected`
    FdConnected,
    /// `fd.name_changed`
    FdNameChanged,
    /// `fd.cip.name`
    FdCipName,
    /// `fd.sip.name`
    FdSipName,
    /// `fd.lip.name`
    FdLipName,
    /// `fd.rip.name`
    FdRipName,
    /// `fd.dev`
    FdDev,
    /// `fd.dev.major`
    FdDevMajor,
    /// `fd.dev.minor`
    FdDevMinor,
    /// `fd.ino`
    FdIno,
    /// `fd.nameraw`
    FdNameraw,
    /// `fd.types`
    FdTypes,
    /// `fd.is_upper_layer`
    FdIsUpperLayer,
    /// `fd.is_lower_layer`
    FdIsLowerLayer,
    /// `fdlist.nums`
    FdlistNums,
    /// `fdlist.names`
    FdlistNames,
    /// `fdlist.cips`
    FdlistCips,
    /// `fdlist.sips`
    FdlistSips,
    /// `fdlist.cports`
    FdlistCports,
    /// `fdlist.sports`
    FdlistSports,
    /// `fs.path.name`
    FsPathName,
    /// `fs.path.nameraw`
    FsPathNameraw,
    /// `fs.path.source`
    FsPathSource,
    /// `fs.path.sourceraw`
    FsPathSourceraw,
    /// `fs.path.target`
    FsPathTarget,
    /// `fs.path.targetraw`
    FsPathTargetraw,
    /// `evt.num`
    EvtNum,
    /// `evt.time`
    EvtTime,
    /// `evt.time.s`
    EvtTimeS,
    /// `evt.time.iso8601`
    EvtTimeIso8601,
    /// `evt.datetime`
    EvtDatetime,
    /// `evt.datetime.s`
    EvtDatetimeS,
    /// `evt.rawtime`
    EvtRawtime,
    /// `evt.rawtime.s`
    EvtRawtimeS,
    /// `evt.rawtime.ns`
    EvtRawtimeNs,
    /// `evt.reltime`
    EvtReltime,
    /// `evt.reltime.s`
    EvtReltimeS,
    /// `evt.reltime.ns`
    EvtReltimeNs,
    /// `evt.pluginname`
    EvtPluginname,
    /// `evt.plugininfo`
    EvtPlugininfo,
    /// `evt.source`
    EvtSource,
    /// `evt.is_async`
    EvtIsAsync,
    /// `evt.asynctype`
    EvtAsynctype,
    /// `evt.hostname`
    EvtHostname,
    /// `group.gid`
    GroupGid,
    /// `group.name`
    GroupName,
    /// `proc.exe`
    ProcExe,
    /// `proc.pexe`
    ProcPexe,
    /// `proc.aexe`
    ProcAexe,
    /// `proc.exepath`
    ProcExepath,
    /// `proc.pexepath`
    ProcPexepath,
    /// `proc.aexepath`
    ProcAexepath,
    /// `proc.name`
    ProcName,
    /// `proc.pname`
    ProcPname,
    /// `proc.aname`
    ProcAname,
    /// `proc.args`
    ProcArgs,
    /// `proc.aargs`
    ProcAargs,
    /// `proc.cmdline`
    ProcCmdline,
    /// `proc.pcmdline`
    ProcPcmdline,
    /// `proc.acmdline`
    ProcAcmdline,
    /// `proc.cmdnargs`
    ProcCmdnargs,
    /// `proc.cmdlenargs`
    ProcCmdlenargs,
    /// `proc.exeline`
    ProcExeline,
    /// `proc.env`
    ProcEnv,
    /// `proc.aenv`
    ProcAenv,
    /// `proc.cwd`
    ProcCwd,
    /// `proc.loginshellid`
    ProcLoginshellid,
    /// `proc.tty`
    ProcTty,
    /// `proc.pid`
    ProcPid,
    /// `proc.ppid`
    ProcPpid,
    /// `proc.apid`
    ProcApid,
    /// `proc.vpid`
    ProcVpid,
    /// `proc.pvpid`
    ProcPvpid,
    /// `proc.sid`
    ProcSid,
    /// `proc.sname`
    ProcSname,
    /// `proc.sid.exe`
    ProcSidExe,
    /// `proc.sid.exepath`
    ProcSidExepath,
    /// `proc.vpgid`
    ProcVpgid,
    /// `proc.vpgid.name`
    ProcVpgidName,
    /// `proc.vpgid.exe`
    ProcVpgidExe,
    /// `proc.vpgid.exepath`
    ProcVpgidExepath,
    /// `proc.pgid`
    ProcPgid,
    /// `proc.pgid.name`
    ProcPgidName,
    /// `proc.pgid.exe`
    ProcPgidExe,
    /// `proc.pgid.exepath`
    ProcPgidExepath,
    /// `proc.duration`
    ProcDuration,
    /// `proc.ppid.duration`
    ProcPpidDuration,
    /// `proc.pid.ts`
    ProcPidTs,
    /// `proc.ppid.ts`
    ProcPpidTs,
    /// `proc.is_exe_writable`
    ProcIsExeWritable,
    /// `proc.is_exe_upper_layer`
    ProcIsExeUpperLayer,
    /// `proc.is_exe_lower_layer`
    ProcIsExeLowerLayer,
    /// `proc.is_exe_from_memfd`
    ProcIsExeFromMemfd,
    /// `proc.is_sid_leader`
    ProcIsSidLeader,
    /// `proc.is_vpgid_leader`
    ProcIsVpgidLeader,
    /// `proc.is_pgid_leader`
    ProcIsPgidLeader,
    /// `proc.exe_ino`
    ProcExeIno,
    /// `proc.exe_ino.ctime`
    ProcExeInoCtime,
    /// `proc.exe_ino.mtime`
    ProcExeInoMtime,
    /// `proc.exe_ino.ctime_duration_proc_start`
    ProcExeInoCtimeDurationProcStart,
    /// `proc.exe_ino.ctime_duration_pidns_start`
    ProcExeInoCtimeDurationPidnsStart,
    /// `proc.pidns_init_start_ts`
    ProcPidnsInitStartTs,
    /// `thread.cap_permitted`
    ThreadCapPermitted,
    /// `thread.cap_inheritable`
    ThreadCapInheritable,
    /// `thread.cap_effective`
    ThreadCapEffective,
    /// `proc.fdopencount`
    ProcFdopencount,
    /// `proc.fdlimit`
    ProcFdlimit,
    /// `proc.fdusage`
    ProcFdusage,
    /// `proc.vmsize`
    ProcVmsize,
    /// `proc.vmrss`
    ProcVmrss,
    /// `proc.vmswap`
    ProcVmswap,
    /// `thread.pfmajor`
    ThreadPfmajor,
    /// `thread.pfminor`
    ThreadPfminor,
    /// `thread.tid`
    ThreadTid,
    /// `thread.ismain`
    ThreadIsmain,
    /// `thread.vtid`
    ThreadVtid,
    /// `thread.nametid`
    ThreadNametid,
    /// `thread.exectime`
    ThreadExectime,
    /// `thread.totexectime`
    ThreadTotexectime,
    /// `thread.cgroups`
    ThreadCgroups,
    /// `thread.cgroup`
    ThreadCgroup,
    /// `proc.nthreads`
    ProcNthreads,
    /// `proc.nchilds`
    ProcNchilds,
    /// `thread.cpu`
    ThreadCpu,
    /// `thread.cpu.user`
    ThreadCpuUser,
    /// `thread.cpu.system`
    ThreadCpuSystem,
    /// `thread.vmsize`
    ThreadVmsize,
    /// `thread.vmrss`
    ThreadVmrss,
    /// `thread.vmsize.b`
    ThreadVmsizeB,
    /// `thread.vmrss.b`
    ThreadVmrssB,
    /// `proc.stdin.type`
    ProcStdinType,
    /// `proc.stdout.type`
    ProcStdoutType,
    /// `proc.stderr.type`
    ProcStderrType,
    /// `proc.stdin.name`
    ProcStdinName,
    /// `proc.stdout.name`
    ProcStdoutName,
    /// `proc.stderr.name`
    ProcStderrName,
    /// `user.uid`
    UserUid,
    /// `user.name`
    UserName,
    /// `user.homedir`
    UserHomedir,
    /// `user.shell`
    UserShell,
    /// `user.loginuid`
    UserLoginuid,
    /// `user.loginname`
    UserLoginname,
    /// `util.cnt`
    UtilCnt,
    /// `container.id`
    ContainerId,
    /// `container.full_id`
    ContainerFullId,
    /// `container.name`
    ContainerName,
    /// `container.image`
    ContainerImage,
    /// `container.image.id`
    ContainerImageId,
    /// `container.type`
    ContainerType,
    /// `container.privileged`
    ContainerPrivileged,
    /// `container.mounts`
    ContainerMounts,
    /// `container.mount`
    ContainerMount,
    /// `container.mount.source`
    ContainerMountSource,
    /// `container.mount.dest`
    ContainerMountDest,
    /// `container.mount.mode`
    ContainerMountMode,
    /// `container.mount.rdwr`
    ContainerMountRdwr,
    /// `container.mount.propagation`
    ContainerMountPropagation,
    /// `container.image.repository`
    ContainerImageRepository,
    /// `container.image.tag`
    ContainerImageTag,
    /// `container.image.digest`
    ContainerImageDigest,
    /// `container.healthcheck`
    ContainerHealthcheck,
    /// `container.liveness_probe`
    ContainerLivenessProbe,
    /// `container.readiness_probe`
    ContainerReadinessProbe,
    /// `container.start_ts`
    ContainerStartTs,
    /// `container.duration`
    ContainerDuration,
    /// `container.ip`
    ContainerIp,
    /// `container.cni.json`
    ContainerCniJson,
    /// `container.host_pid`
    ContainerHostPid,
    /// `container.host_network`
    ContainerHostNetwork,
    /// `container.host_ipc`
    ContainerHostIpc,
    /// `container.label`
    ContainerLabel,
    /// `container.labels`
    ContainerLabels,
    /// `proc.is_container_healthcheck`
    ProcIsContainerHealthcheck,
    /// `proc.is_container_liveness_probe`
    ProcIsContainerLivenessProbe,
    /// `proc.is_container_readiness_probe`
    ProcIsContainerReadinessProbe,
    /// `k8s.pod.name`
    K8sPodName,
    /// `k8s.ns.name`
    K8sNsName,
    /// `k8s.pod.id`
    K8sPodId,
    /// `k8s.pod.uid`
    K8sPodUid,
    /// `k8s.pod.sandbox_id`
    K8sPodSandboxId,
    /// `k8s.pod.full_sandbox_id`
    K8sPodFullSandboxId,
    /// `k8s.pod.label`
    K8sPodLabel,
    /// `k8s.pod.labels`
    K8sPodLabels,
    /// `k8s.pod.ip`
    K8sPodIp,
    /// `k8s.pod.cni.json`
    K8sPodCniJson,
    /// `k8s.rc.name`
    K8sRcName,
    /// `k8s.rc.id`
    K8sRcId,
    /// `k8s.rc.label`
    K8sRcLabel,
    /// `k8s.rc.labels`
    K8sRcLabels,
    /// `k8s.svc.name`
    K8sSvcName,
    /// `k8s.svc.id`
    K8sSvcId,
    /// `k8s.svc.label`
    K8sSvcLabel,
    /// `k8s.svc.labels`
    K8sSvcLabels,
    /// `k8s.ns.id`
    K8sNsId,
    /// `k8s.ns.label`
    K8sNsLabel,
    /// `k8s.ns.labels`
    K8sNsLabels,
    /// `k8s.rs.name`
    K8sRsName,
    /// `k8s.rs.id`
    K8sRsId,
    /// `k8s.rs.label`
    K8sRsLabel,
    /// `k8s.rs.labels`
    K8sRsLabels,
    /// `k8s.deployment.name`
    K8sDeploymentName,
    /// `k8s.deployment.id`
    K8sDeploymentId,
    /// `k8s.deployment.label`
    K8sDeploymentLabel,
    /// `k8s.deployment.labels`
    K8sDeploymentLabels,
    /// `evt.around`
    EvtAround,
}

const fn f(id: FieldId, name: &'static str, kind: T, format: F, flags: u16) -> FieldInfo {
    FieldInfo {
        id,
        name,
        kind,
        format,
        flags: FieldFlags(flags),
    }
}

/// In the order of [`FieldId`].
#[rustfmt::skip]
pub(crate) static FIELDS: &[FieldInfo] = &[
    f(FieldId::EvtLatency, "evt.latency", T::RelTime, F::Dec, 2048),
    f(FieldId::EvtLatencyS, "evt.latency.s", T::RelTime, F::Dec, 2048),
    f(FieldId::EvtLatencyNs, "evt.latency.ns", T::RelTime, F::PaddedDec, 2048),
    f(FieldId::EvtLatencyQuantized, "evt.latency.quantized", T::Uint64, F::Dec, 2176),
    f(FieldId::EvtLatencyHuman, "evt.latency.human", T::Charbuf, F::Na, 2048),
    f(FieldId::EvtDeltatime, "evt.deltatime", T::RelTime, F::Dec, 0),
    f(FieldId::EvtDeltatimeS, "evt.deltatime.s", T::RelTime, F::Dec, 0),
    f(FieldId::EvtDeltatimeNs, "evt.deltatime.ns", T::RelTime, F::PaddedDec, 0),
    f(FieldId::EvtOutputtime, "evt.outputtime", T::Charbuf, F::Na, 64),
    f(FieldId::EvtDir, "evt.dir", T::Charbuf, F::Dir, 2048),
    f(FieldId::EvtType, "evt.type", T::Charbuf, F::Na, 0),
    f(FieldId::EvtTypeIs, "evt.type.is", T::Uint32, F::Na, 1),
    f(FieldId::SyscallType, "syscall.type", T::Charbuf, F::Na, 0),
    f(FieldId::EvtCategory, "evt.category", T::Charbuf, F::Na, 0),
    f(FieldId::EvtCpu, "evt.cpu", T::Int16, F::Id, 0),
    f(FieldId::EvtArgs, "evt.args", T::Charbuf, F::Na, 0),
    f(FieldId::EvtArg, "evt.arg", T::Charbuf, F::Na, 1025),
    f(FieldId::EvtRawarg, "evt.rawarg", T::Dyn, F::Na, 769),
    f(FieldId::EvtInfo, "evt.info", T::Charbuf, F::Na, 0),
    f(FieldId::EvtBuffer, "evt.buffer", T::Bytebuf, F::Na, 1024),
    f(FieldId::EvtBuflen, "evt.buflen", T::Uint64, F::Dec, 0),
    f(FieldId::EvtRes, "evt.res", T::Charbuf, F::Dec, 1024),
    f(FieldId::EvtRawres, "evt.rawres", T::Int64, F::Dec, 0),
    f(FieldId::EvtFailed, "evt.failed", T::Bool, F::Na, 0),
    f(FieldId::EvtIsIo, "evt.is_io", T::Bool, F::Na, 0),
    f(FieldId::EvtIsIoRead, "evt.is_io_read", T::Bool, F::Na, 0),
    f(FieldId::EvtIsIoWrite, "evt.is_io_write", T::Bool, F::Na, 0),
    f(FieldId::EvtIoDir, "evt.io_dir", T::Charbuf, F::Na, 0),
    f(FieldId::EvtIsWait, "evt.is_wait", T::Bool, F::Na, 0),
    f(FieldId::EvtWaitLatency, "evt.wait_latency", T::RelTime, F::Dec, 2048),
    f(FieldId::EvtIsSyslog, "evt.is_syslog", T::Bool, F::Na, 0),
    f(FieldId::EvtCount, "evt.count", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountError, "evt.count.error", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountErrorFile, "evt.count.error.file", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountErrorNet, "evt.count.error.net", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountErrorMemory, "evt.count.error.memory", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountErrorOther, "evt.count.error.other", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountExit, "evt.count.exit", T::Uint32, F::Dec, 0),
    f(FieldId::EvtCountProcinfo, "evt.count.procinfo", T::Uint32, F::Dec, 128),
    f(FieldId::EvtCountThreadinfo, "evt.count.threadinfo", T::Uint32, F::Dec, 128),
    f(FieldId::EvtAbspath, "evt.abspath", T::Charbuf, F::Na, 1),
    f(FieldId::EvtBuflenIn, "evt.buflen.in", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenOut, "evt.buflen.out", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenFile, "evt.buflen.file", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenFileIn, "evt.buflen.file.in", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenFileOut, "evt.buflen.file.out", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenNet, "evt.buflen.net", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenNetIn, "evt.buflen.net.in", T::Uint64, F::Dec, 128),
    f(FieldId::EvtBuflenNetOut, "evt.buflen.net.out", T::Uint64, F::Dec, 128),
    f(FieldId::EvtIsOpenRead, "evt.is_open_read", T::Bool, F::Na, 0),
    f(FieldId::EvtIsOpenWrite, "evt.is_open_write", T::Bool, F::Na, 0),
    f(FieldId::EvtInfraDockerName, "evt.infra.docker.name", T::Charbuf, F::Na, 128),
    f(FieldId::EvtInfraDockerContainerId, "evt.infra.docker.container.id", T::Charbuf, F::Na, 128),
    f(FieldId::EvtInfraDockerContainerName, "evt.infra.docker.container.name", T::Charbuf, F::Na, 128),
    f(FieldId::EvtInfraDockerContainerImage, "evt.infra.docker.container.image", T::Charbuf, F::Na, 128),
    f(FieldId::EvtIsOpenExec, "evt.is_open_exec", T::Bool, F::Na, 0),
    f(FieldId::EvtIsOpenCreate, "evt.is_open_create", T::Bool, F::Na, 0),
    f(FieldId::FdNum, "fd.num", T::Int64, F::Id, 0),
    f(FieldId::FdType, "fd.type", T::Charbuf, F::Dec, 0),
    f(FieldId::FdTypechar, "fd.typechar", T::Charbuf, F::Dec, 0),
    f(FieldId::FdName, "fd.name", T::Charbuf, F::Na, 0),
    f(FieldId::FdDirectory, "fd.directory", T::Charbuf, F::Na, 0),
    f(FieldId::FdFilename, "fd.filename", T::Charbuf, F::Na, 0),
    f(FieldId::FdIp, "fd.ip", T::IpAddr, F::Na, 800),
    f(FieldId::FdCip, "fd.cip", T::IpAddr, F::Na, 0),
    f(FieldId::FdSip, "fd.sip", T::IpAddr, F::Na, 0),
    f(FieldId::FdLip, "fd.lip", T::IpAddr, F::Na, 0),
    f(FieldId::FdRip, "fd.rip", T::IpAddr, F::Na, 0),
    f(FieldId::FdPort, "fd.port", T::Port, F::Dec, 800),
    f(FieldId::FdCport, "fd.cport", T::Port, F::Dec, 0),
    f(FieldId::FdSport, "fd.sport", T::Port, F::Dec, 0),
    f(FieldId::FdLport, "fd.lport", T::Port, F::Dec, 0),
    f(FieldId::FdRport, "fd.rport", T::Port, F::Dec, 0),
    f(FieldId::FdL4proto, "fd.l4proto", T::Charbuf, F::Na, 0),
    f(FieldId::FdSockfamily, "fd.sockfamily", T::Charbuf, F::Na, 0),
    f(FieldId::FdIsServer, "fd.is_server", T::Bool, F::Na, 0),
    f(FieldId::FdUid, "fd.uid", T::Charbuf, F::Na, 0),
    f(FieldId::FdContainername, "fd.containername", T::Charbuf, F::Na, 0),
    f(FieldId::FdContainerdirectory, "fd.containerdirectory", T::Charbuf, F::Na, 0),
    f(FieldId::FdProto, "fd.proto", T::Port, F::Na, 800),
    f(FieldId::FdCproto, "fd.cproto", T::Charbuf, F::Na, 0),
    f(FieldId::FdSproto, "fd.sproto", T::Charbuf, F::Na, 0),
    f(FieldId::FdLproto, "fd.lproto", T::Charbuf, F::Na, 0),
    f(FieldId::FdRproto, "fd.rproto", T::Charbuf, F::Na, 0),
    f(FieldId::FdNet, "fd.net", T::IpNet, F::Na, 800),
    f(FieldId::FdCnet, "fd.cnet", T::IpNet, F::Na, 800),
    f(FieldId::FdSnet, "fd.snet", T::IpNet, F::Na, 800),
    f(FieldId::FdLnet, "fd.lnet", T::IpNet, F::Na, 800),
    f(FieldId::FdRnet, "fd.rnet", T::IpNet, F::Na, 800),
    f(FieldId::FdConnected, "fd.connected", T::Bool, F::Na, 0),
    f(FieldId::FdNameChanged, "fd.name_changed", T::Bool, F::Na, 0),
    f(FieldId::FdCipName, "fd.cip.name", T::Charbuf, F::Na, 768),
    f(FieldId::FdSipName, "fd.sip.name", T::Charbuf, F::Na, 768),
    f(FieldId::FdLipName, "fd.lip.name", T::Charbuf, F::Na, 768),
    f(FieldId::FdRipName, "fd.rip.name", T::Charbuf, F::Na, 768),
    f(FieldId::FdDev, "fd.dev", T::Int32, F::Hex, 0),
    f(FieldId::FdDevMajor, "fd.dev.major", T::Int32, F::Dec, 0),
    f(FieldId::FdDevMinor, "fd.dev.minor", T::Int32, F::Dec, 0),
    f(FieldId::FdIno, "fd.ino", T::Int64, F::Dec, 0),
    f(FieldId::FdNameraw, "fd.nameraw", T::Charbuf, F::Na, 0),
    f(FieldId::FdTypes, "fd.types", T::Charbuf, F::Dec, 274),
    f(FieldId::FdIsUpperLayer, "fd.is_upper_layer", T::Bool, F::Na, 0),
    f(FieldId::FdIsLowerLayer, "fd.is_lower_layer", T::Bool, F::Na, 0),
    f(FieldId::FdlistNums, "fdlist.nums", T::Charbuf, F::Id, 0),
    f(FieldId::FdlistNames, "fdlist.names", T::Charbuf, F::Na, 0),
    f(FieldId::FdlistCips, "fdlist.cips", T::Charbuf, F::Na, 0),
    f(FieldId::FdlistSips, "fdlist.sips", T::Charbuf, F::Na, 0),
    f(FieldId::FdlistCports, "fdlist.cports", T::Charbuf, F::Dec, 0),
    f(FieldId::FdlistSports, "fdlist.sports", T::Charbuf, F::Dec, 0),
    f(FieldId::FsPathName, "fs.path.name", T::Charbuf, F::Na, 0),
    f(FieldId::FsPathNameraw, "fs.path.nameraw", T::Charbuf, F::Na, 0),
    f(FieldId::FsPathSource, "fs.path.source", T::Charbuf, F::Na, 0),
    f(FieldId::FsPathSourceraw, "fs.path.sourceraw", T::Charbuf, F::Na, 0),
    f(FieldId::FsPathTarget, "fs.path.target", T::Charbuf, F::Na, 0),
    f(FieldId::FsPathTargetraw, "fs.path.targetraw", T::Charbuf, F::Na, 0),
    f(FieldId::EvtNum, "evt.num", T::Uint64, F::Id, 0),
    f(FieldId::EvtTime, "evt.time", T::Charbuf, F::Na, 0),
    f(FieldId::EvtTimeS, "evt.time.s", T::Charbuf, F::Na, 0),
    f(FieldId::EvtTimeIso8601, "evt.time.iso8601", T::Charbuf, F::Na, 0),
    f(FieldId::EvtDatetime, "evt.datetime", T::Charbuf, F::Na, 0),
    f(FieldId::EvtDatetimeS, "evt.datetime.s", T::Charbuf, F::Na, 0),
    f(FieldId::EvtRawtime, "evt.rawtime", T::AbsTime, F::Dec, 0),
    f(FieldId::EvtRawtimeS, "evt.rawtime.s", T::AbsTime, F::Dec, 0),
    f(FieldId::EvtRawtimeNs, "evt.rawtime.ns", T::AbsTime, F::PaddedDec, 0),
    f(FieldId::EvtReltime, "evt.reltime", T::RelTime, F::PaddedDec, 0),
    f(FieldId::EvtReltimeS, "evt.reltime.s", T::RelTime, F::Dec, 0),
    f(FieldId::EvtReltimeNs, "evt.reltime.ns", T::RelTime, F::PaddedDec, 0),
    f(FieldId::EvtPluginname, "evt.pluginname", T::Charbuf, F::Na, 0),
    f(FieldId::EvtPlugininfo, "evt.plugininfo", T::Charbuf, F::Na, 0),
    f(FieldId::EvtSource, "evt.source", T::Charbuf, F::Na, 0),
    f(FieldId::EvtIsAsync, "evt.is_async", T::Bool, F::Na, 0),
    f(FieldId::EvtAsynctype, "evt.asynctype", T::Charbuf, F::Na, 0),
    f(FieldId::EvtHostname, "evt.hostname", T::Charbuf, F::Na, 0),
    f(FieldId::GroupGid, "group.gid", T::Uint32, F::Id, 0),
    f(FieldId::GroupName, "group.name", T::Charbuf, F::Na, 0),
    f(FieldId::ProcExe, "proc.exe", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPexe, "proc.pexe", T::Charbuf, F::Na, 0),
    f(FieldId::ProcAexe, "proc.aexe", T::Charbuf, F::Na, 770),
    f(FieldId::ProcExepath, "proc.exepath", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPexepath, "proc.pexepath", T::Charbuf, F::Na, 0),
    f(FieldId::ProcAexepath, "proc.aexepath", T::Charbuf, F::Na, 770),
    f(FieldId::ProcName, "proc.name", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPname, "proc.pname", T::Charbuf, F::Na, 0),
    f(FieldId::ProcAname, "proc.aname", T::Charbuf, F::Na, 770),
    f(FieldId::ProcArgs, "proc.args", T::Charbuf, F::Na, 2),
    f(FieldId::ProcAargs, "proc.aargs", T::Charbuf, F::Na, 2),
    f(FieldId::ProcCmdline, "proc.cmdline", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPcmdline, "proc.pcmdline", T::Charbuf, F::Na, 0),
    f(FieldId::ProcAcmdline, "proc.acmdline", T::Charbuf, F::Na, 770),
    f(FieldId::ProcCmdnargs, "proc.cmdnargs", T::Uint64, F::Dec, 0),
    f(FieldId::ProcCmdlenargs, "proc.cmdlenargs", T::Uint64, F::Dec, 0),
    f(FieldId::ProcExeline, "proc.exeline", T::Charbuf, F::Na, 0),
    f(FieldId::ProcEnv, "proc.env", T::Charbuf, F::Na, 2),
    f(FieldId::ProcAenv, "proc.aenv", T::Charbuf, F::Na, 770),
    f(FieldId::ProcCwd, "proc.cwd", T::Charbuf, F::Na, 0),
    f(FieldId::ProcLoginshellid, "proc.loginshellid", T::Int64, F::Id, 0),
    f(FieldId::ProcTty, "proc.tty", T::Uint32, F::Id, 0),
    f(FieldId::ProcPid, "proc.pid", T::Int64, F::Id, 0),
    f(FieldId::ProcPpid, "proc.ppid", T::Int64, F::Id, 0),
    f(FieldId::ProcApid, "proc.apid", T::Int64, F::Id, 770),
    f(FieldId::ProcVpid, "proc.vpid", T::Int64, F::Id, 0),
    f(FieldId::ProcPvpid, "proc.pvpid", T::Int64, F::Id, 0),
    f(FieldId::ProcSid, "proc.sid", T::Int64, F::Id, 0),
    f(FieldId::ProcSname, "proc.sname", T::Charbuf, F::Na, 0),
    f(FieldId::ProcSidExe, "proc.sid.exe", T::Charbuf, F::Na, 0),
    f(FieldId::ProcSidExepath, "proc.sid.exepath", T::Charbuf, F::Na, 0),
    f(FieldId::ProcVpgid, "proc.vpgid", T::Int64, F::Id, 0),
    f(FieldId::ProcVpgidName, "proc.vpgid.name", T::Charbuf, F::Na, 0),
    f(FieldId::ProcVpgidExe, "proc.vpgid.exe", T::Charbuf, F::Na, 0),
    f(FieldId::ProcVpgidExepath, "proc.vpgid.exepath", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPgid, "proc.pgid", T::Int64, F::Id, 0),
    f(FieldId::ProcPgidName, "proc.pgid.name", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPgidExe, "proc.pgid.exe", T::Charbuf, F::Na, 0),
    f(FieldId::ProcPgidExepath, "proc.pgid.exepath", T::Charbuf, F::Na, 0),
    f(FieldId::ProcDuration, "proc.duration", T::RelTime, F::Dec, 0),
    f(FieldId::ProcPpidDuration, "proc.ppid.duration", T::RelTime, F::Dec, 0),
    f(FieldId::ProcPidTs, "proc.pid.ts", T::RelTime, F::Dec, 0),
    f(FieldId::ProcPpidTs, "proc.ppid.ts", T::RelTime, F::Dec, 0),
    f(FieldId::ProcIsExeWritable, "proc.is_exe_writable", T::Bool, F::Na, 0),
    f(FieldId::ProcIsExeUpperLayer, "proc.is_exe_upper_layer", T::Bool, F::Na, 0),
    f(FieldId::ProcIsExeLowerLayer, "proc.is_exe_lower_layer", T::Bool, F::Na, 0),
    f(FieldId::ProcIsExeFromMemfd, "proc.is_exe_from_memfd", T::Bool, F::Na, 0),
    f(FieldId::ProcIsSidLeader, "proc.is_sid_leader", T::Bool, F::Na, 0),
    f(FieldId::ProcIsVpgidLeader, "proc.is_vpgid_leader", T::Bool, F::Na, 0),
    f(FieldId::ProcIsPgidLeader, "proc.is_pgid_leader", T::Bool, F::Na, 0),
    f(FieldId::ProcExeIno, "proc.exe_ino", T::Int64, F::Dec, 0),
    f(FieldId::ProcExeInoCtime, "proc.exe_ino.ctime", T::AbsTime, F::Dec, 0),
    f(FieldId::ProcExeInoMtime, "proc.exe_ino.mtime", T::AbsTime, F::Dec, 0),
    f(FieldId::ProcExeInoCtimeDurationProcStart, "proc.exe_ino.ctime_duration_proc_start", T::AbsTime, F::Dec, 0),
    f(FieldId::ProcExeInoCtimeDurationPidnsStart, "proc.exe_ino.ctime_duration_pidns_start", T::AbsTime, F::Dec, 0),
    f(FieldId::ProcPidnsInitStartTs, "proc.pidns_init_start_ts", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadCapPermitted, "thread.cap_permitted", T::Charbuf, F::Na, 0),
    f(FieldId::ThreadCapInheritable, "thread.cap_inheritable", T::Charbuf, F::Na, 0),
    f(FieldId::ThreadCapEffective, "thread.cap_effective", T::Charbuf, F::Na, 0),
    f(FieldId::ProcFdopencount, "proc.fdopencount", T::Uint64, F::Dec, 0),
    f(FieldId::ProcFdlimit, "proc.fdlimit", T::Int64, F::Dec, 0),
    f(FieldId::ProcFdusage, "proc.fdusage", T::Double, F::Na, 0),
    f(FieldId::ProcVmsize, "proc.vmsize", T::Uint64, F::Dec, 0),
    f(FieldId::ProcVmrss, "proc.vmrss", T::Uint64, F::Dec, 0),
    f(FieldId::ProcVmswap, "proc.vmswap", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadPfmajor, "thread.pfmajor", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadPfminor, "thread.pfminor", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadTid, "thread.tid", T::Int64, F::Id, 0),
    f(FieldId::ThreadIsmain, "thread.ismain", T::Bool, F::Na, 0),
    f(FieldId::ThreadVtid, "thread.vtid", T::Int64, F::Id, 0),
    f(FieldId::ThreadNametid, "thread.nametid", T::Charbuf, F::Na, 128),
    f(FieldId::ThreadExectime, "thread.exectime", T::RelTime, F::Dec, 0),
    f(FieldId::ThreadTotexectime, "thread.totexectime", T::RelTime, F::Dec, 0),
    f(FieldId::ThreadCgroups, "thread.cgroups", T::Charbuf, F::Na, 0),
    f(FieldId::ThreadCgroup, "thread.cgroup", T::Charbuf, F::Na, 1),
    f(FieldId::ProcNthreads, "proc.nthreads", T::Uint64, F::Dec, 0),
    f(FieldId::ProcNchilds, "proc.nchilds", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadCpu, "thread.cpu", T::Double, F::Na, 0),
    f(FieldId::ThreadCpuUser, "thread.cpu.user", T::Double, F::Na, 0),
    f(FieldId::ThreadCpuSystem, "thread.cpu.system", T::Double, F::Na, 0),
    f(FieldId::ThreadVmsize, "thread.vmsize", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadVmrss, "thread.vmrss", T::Uint64, F::Dec, 0),
    f(FieldId::ThreadVmsizeB, "thread.vmsize.b", T::Uint64, F::Dec, 128),
    f(FieldId::ThreadVmrssB, "thread.vmrss.b", T::Uint64, F::Dec, 128),
    f(FieldId::ProcStdinType, "proc.stdin.type", T::Charbuf, F::Na, 0),
    f(FieldId::ProcStdoutType, "proc.stdout.type", T::Charbuf, F::Na, 0),
    f(FieldId::ProcStderrType, "proc.stderr.type", T::Charbuf, F::Na, 0),
    f(FieldId::ProcStdinName, "proc.stdin.name", T::Charbuf, F::Na, 0),
    f(FieldId::ProcStdoutName, "proc.stdout.name", T::Charbuf, F::Na, 0),
    f(FieldId::ProcStderrName, "proc.stderr.name", T::Charbuf, F::Na, 0),
    f(FieldId::UserUid, "user.uid", T::Uint32, F::Id, 0),
    f(FieldId::UserName, "user.name", T::Charbuf, F::Na, 0),
    f(FieldId::UserHomedir, "user.homedir", T::Charbuf, F::Na, 0),
    f(FieldId::UserShell, "user.shell", T::Charbuf, F::Na, 0),
    f(FieldId::UserLoginuid, "user.loginuid", T::Int64, F::Id, 0),
    f(FieldId::UserLoginname, "user.loginname", T::Charbuf, F::Na, 0),
    f(FieldId::UtilCnt, "util.cnt", T::Uint64, F::Id, 0),
    f(FieldId::ContainerId, "container.id", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerFullId, "container.full_id", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerName, "container.name", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerImage, "container.image", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerImageId, "container.image.id", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerType, "container.type", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerPrivileged, "container.privileged", T::Bool, F::Na, 0),
    f(FieldId::ContainerMounts, "container.mounts", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerMount, "container.mount", T::Charbuf, F::Na, 13),
    f(FieldId::ContainerMountSource, "container.mount.source", T::Charbuf, F::Na, 13),
    f(FieldId::ContainerMountDest, "container.mount.dest", T::Charbuf, F::Na, 13),
    f(FieldId::ContainerMountMode, "container.mount.mode", T::Charbuf, F::Na, 13),
    f(FieldId::ContainerMountRdwr, "container.mount.rdwr", T::Charbuf, F::Na, 13),
    f(FieldId::ContainerMountPropagation, "container.mount.propagation", T::Charbuf, F::Na, 13),
    f(FieldId::ContainerImageRepository, "container.image.repository", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerImageTag, "container.image.tag", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerImageDigest, "container.image.digest", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerHealthcheck, "container.healthcheck", T::Charbuf, F::Na, 2048),
    f(FieldId::ContainerLivenessProbe, "container.liveness_probe", T::Charbuf, F::Na, 2048),
    f(FieldId::ContainerReadinessProbe, "container.readiness_probe", T::Charbuf, F::Na, 2048),
    f(FieldId::ContainerStartTs, "container.start_ts", T::AbsTime, F::Dec, 0),
    f(FieldId::ContainerDuration, "container.duration", T::RelTime, F::Dec, 0),
    f(FieldId::ContainerIp, "container.ip", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerCniJson, "container.cni.json", T::Charbuf, F::Na, 0),
    f(FieldId::ContainerHostPid, "container.host_pid", T::Bool, F::Na, 0),
    f(FieldId::ContainerHostNetwork, "container.host_network", T::Bool, F::Na, 0),
    f(FieldId::ContainerHostIpc, "container.host_ipc", T::Bool, F::Na, 0),
    f(FieldId::ContainerLabel, "container.label", T::Charbuf, F::Na, 9),
    f(FieldId::ContainerLabels, "container.labels", T::Charbuf, F::Na, 0),
    f(FieldId::ProcIsContainerHealthcheck, "proc.is_container_healthcheck", T::Bool, F::Na, 2048),
    f(FieldId::ProcIsContainerLivenessProbe, "proc.is_container_liveness_probe", T::Bool, F::Na, 2048),
    f(FieldId::ProcIsContainerReadinessProbe, "proc.is_container_readiness_probe", T::Bool, F::Na, 2048),
    f(FieldId::K8sPodName, "k8s.pod.name", T::Charbuf, F::Na, 0),
    f(FieldId::K8sNsName, "k8s.ns.name", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodId, "k8s.pod.id", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodUid, "k8s.pod.uid", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodSandboxId, "k8s.pod.sandbox_id", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodFullSandboxId, "k8s.pod.full_sandbox_id", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodLabel, "k8s.pod.label", T::Charbuf, F::Na, 9),
    f(FieldId::K8sPodLabels, "k8s.pod.labels", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodIp, "k8s.pod.ip", T::Charbuf, F::Na, 0),
    f(FieldId::K8sPodCniJson, "k8s.pod.cni.json", T::Charbuf, F::Na, 0),
    f(FieldId::K8sRcName, "k8s.rc.name", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sRcId, "k8s.rc.id", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sRcLabel, "k8s.rc.label", T::Charbuf, F::Na, 2057),
    f(FieldId::K8sRcLabels, "k8s.rc.labels", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sSvcName, "k8s.svc.name", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sSvcId, "k8s.svc.id", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sSvcLabel, "k8s.svc.label", T::Charbuf, F::Na, 2057),
    f(FieldId::K8sSvcLabels, "k8s.svc.labels", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sNsId, "k8s.ns.id", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sNsLabel, "k8s.ns.label", T::Charbuf, F::Na, 2057),
    f(FieldId::K8sNsLabels, "k8s.ns.labels", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sRsName, "k8s.rs.name", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sRsId, "k8s.rs.id", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sRsLabel, "k8s.rs.label", T::Charbuf, F::Na, 2057),
    f(FieldId::K8sRsLabels, "k8s.rs.labels", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sDeploymentName, "k8s.deployment.name", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sDeploymentId, "k8s.deployment.id", T::Charbuf, F::Na, 2048),
    f(FieldId::K8sDeploymentLabel, "k8s.deployment.label", T::Charbuf, F::Na, 2057),
    f(FieldId::K8sDeploymentLabels, "k8s.deployment.labels", T::Charbuf, F::Na, 2048),
    f(FieldId::EvtAround, "evt.around", T::Uint64, F::Dec, 801),
];
