//! Where each field's value comes from: one file a class of fields.

mod abspath;
mod args;
pub(crate) mod container;
pub(crate) mod ends;
mod evt;
pub(crate) mod fd;
mod fdlist;
mod fspath;
mod group;
pub(crate) mod lineage;
mod open;
mod proc;
mod result;
pub(crate) mod text;
mod thread;
mod times;
mod user;

use ciel_event::Context;

use crate::{Field, FieldId as Id, Value};

/// The value of a field in an event.
#[inline]
pub(crate) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    // Without wildcard: a field that the table gains must find its class.
    match field.id {
        Id::EvtDir
        | Id::EvtType
        | Id::EvtTypeIs
        | Id::SyscallType
        | Id::EvtCategory
        | Id::EvtCpu
        | Id::EvtIsIo
        | Id::EvtIsIoRead
        | Id::EvtIsIoWrite
        | Id::EvtIoDir
        | Id::EvtIsWait
        | Id::EvtIsSyslog
        | Id::EvtCount
        | Id::EvtCountExit
        | Id::EvtCountProcinfo
        | Id::EvtCountThreadinfo
        | Id::EvtIsOpenRead
        | Id::EvtIsOpenWrite
        | Id::EvtInfraDockerName
        | Id::EvtInfraDockerContainerId
        | Id::EvtInfraDockerContainerName
        | Id::EvtInfraDockerContainerImage
        | Id::EvtIsOpenExec
        | Id::EvtIsOpenCreate
        | Id::EvtNum
        | Id::EvtPluginname
        | Id::EvtPlugininfo
        | Id::EvtSource
        | Id::EvtIsAsync
        | Id::EvtAsynctype
        | Id::EvtHostname
        | Id::UtilCnt => evt::extract(field, context),
        Id::EvtArgs
        | Id::EvtArg
        | Id::EvtRawarg
        | Id::EvtInfo
        | Id::EvtBuffer
        | Id::EvtRes
        | Id::EvtAbspath => args::extract(field, context),
        Id::EvtRawres
        | Id::EvtFailed
        | Id::EvtBuflen
        | Id::EvtCountError
        | Id::EvtCountErrorFile
        | Id::EvtCountErrorNet
        | Id::EvtCountErrorMemory
        | Id::EvtCountErrorOther
        | Id::EvtBuflenIn
        | Id::EvtBuflenOut
        | Id::EvtBuflenFile
        | Id::EvtBuflenFileIn
        | Id::EvtBuflenFileOut
        | Id::EvtBuflenNet
        | Id::EvtBuflenNetIn
        | Id::EvtBuflenNetOut => result::extract(field, context),
        Id::EvtLatency
        | Id::EvtLatencyS
        | Id::EvtLatencyNs
        | Id::EvtLatencyQuantized
        | Id::EvtLatencyHuman
        | Id::EvtDeltatime
        | Id::EvtDeltatimeS
        | Id::EvtDeltatimeNs
        | Id::EvtOutputtime
        | Id::EvtWaitLatency
        | Id::EvtTime
        | Id::EvtTimeS
        | Id::EvtTimeIso8601
        | Id::EvtDatetime
        | Id::EvtDatetimeS
        | Id::EvtRawtime
        | Id::EvtRawtimeS
        | Id::EvtRawtimeNs
        | Id::EvtReltime
        | Id::EvtReltimeS
        | Id::EvtReltimeNs
        | Id::EvtAround => times::extract(field, context),
        Id::ProcExe
        | Id::ProcPexe
        | Id::ProcAexe
        | Id::ProcExepath
        | Id::ProcPexepath
        | Id::ProcAexepath
        | Id::ProcName
        | Id::ProcPname
        | Id::ProcAname
        | Id::ProcArgs
        | Id::ProcAargs
        | Id::ProcCmdline
        | Id::ProcPcmdline
        | Id::ProcAcmdline
        | Id::ProcCmdnargs
        | Id::ProcCmdlenargs
        | Id::ProcExeline
        | Id::ProcEnv
        | Id::ProcAenv
        | Id::ProcCwd
        | Id::ProcLoginshellid
        | Id::ProcTty
        | Id::ProcPid
        | Id::ProcPpid
        | Id::ProcApid
        | Id::ProcVpid
        | Id::ProcPvpid
        | Id::ProcSid
        | Id::ProcSname
        | Id::ProcSidExe
        | Id::ProcSidExepath
        | Id::ProcVpgid
        | Id::ProcVpgidName
        | Id::ProcVpgidExe
        | Id::ProcVpgidExepath
        | Id::ProcPgid
        | Id::ProcPgidName
        | Id::ProcPgidExe
        | Id::ProcPgidExepath
        | Id::ProcDuration
        | Id::ProcPpidDuration
        | Id::ProcPidTs
        | Id::ProcPpidTs
        | Id::ProcIsExeWritable
        | Id::ProcIsExeUpperLayer
        | Id::ProcIsExeLowerLayer
        | Id::ProcIsExeFromMemfd
        | Id::ProcIsSidLeader
        | Id::ProcIsVpgidLeader
        | Id::ProcIsPgidLeader
        | Id::ProcExeIno
        | Id::ProcExeInoCtime
        | Id::ProcExeInoMtime
        | Id::ProcExeInoCtimeDurationProcStart
        | Id::ProcExeInoCtimeDurationPidnsStart
        | Id::ProcPidnsInitStartTs
        | Id::ProcFdopencount
        | Id::ProcFdlimit
        | Id::ProcFdusage
        | Id::ProcVmsize
        | Id::ProcVmrss
        | Id::ProcVmswap
        | Id::ProcNthreads
        | Id::ProcNchilds
        | Id::ProcStdinType
        | Id::ProcStdoutType
        | Id::ProcStderrType
        | Id::ProcStdinName
        | Id::ProcStdoutName
        | Id::ProcStderrName => proc::extract(field, context),
        Id::ThreadCapPermitted
        | Id::ThreadCapInheritable
        | Id::ThreadCapEffective
        | Id::ThreadPfmajor
        | Id::ThreadPfminor
        | Id::ThreadTid
        | Id::ThreadIsmain
        | Id::ThreadVtid
        | Id::ThreadNametid
        | Id::ThreadExectime
        | Id::ThreadTotexectime
        | Id::ThreadCgroups
        | Id::ThreadCgroup
        | Id::ThreadCpu
        | Id::ThreadCpuUser
        | Id::ThreadCpuSystem
        | Id::ThreadVmsize
        | Id::ThreadVmrss
        | Id::ThreadVmsizeB
        | Id::ThreadVmrssB => thread::extract(field, context),
        Id::FdNum
        | Id::FdType
        | Id::FdTypechar
        | Id::FdName
        | Id::FdDirectory
        | Id::FdFilename
        | Id::FdIp
        | Id::FdCip
        | Id::FdSip
        | Id::FdLip
        | Id::FdRip
        | Id::FdPort
        | Id::FdCport
        | Id::FdSport
        | Id::FdLport
        | Id::FdRport
        | Id::FdL4proto
        | Id::FdSockfamily
        | Id::FdIsServer
        | Id::FdUid
        | Id::FdContainername
        | Id::FdContainerdirectory
        | Id::FdProto
        | Id::FdCproto
        | Id::FdSproto
        | Id::FdLproto
        | Id::FdRproto
        | Id::FdNet
        | Id::FdCnet
        | Id::FdSnet
        | Id::FdLnet
        | Id::FdRnet
        | Id::FdConnected
        | Id::FdNameChanged
        | Id::FdCipName
        | Id::FdSipName
        | Id::FdLipName
        | Id::FdRipName
        | Id::FdDev
        | Id::FdDevMajor
        | Id::FdDevMinor
        | Id::FdIno
        | Id::FdNameraw
        | Id::FdTypes
        | Id::FdIsUpperLayer
        | Id::FdIsLowerLayer => fd::extract(field, context),
        Id::FdlistNums
        | Id::FdlistNames
        | Id::FdlistCips
        | Id::FdlistSips
        | Id::FdlistCports
        | Id::FdlistSports => fdlist::extract(field, context),
        Id::FsPathName
        | Id::FsPathNameraw
        | Id::FsPathSource
        | Id::FsPathSourceraw
        | Id::FsPathTarget
        | Id::FsPathTargetraw => fspath::extract(field, context),
        Id::UserUid
        | Id::UserName
        | Id::UserHomedir
        | Id::UserShell
        | Id::UserLoginuid
        | Id::UserLoginname => user::extract(field, context),
        Id::GroupGid | Id::GroupName => group::extract(field, context),
        Id::ContainerId
        | Id::ContainerFullId
        | Id::ContainerName
        | Id::ContainerImage
        | Id::ContainerImageId
        | Id::ContainerType
        | Id::ContainerPrivileged
        | Id::ContainerMounts
        | Id::ContainerMount
        | Id::ContainerMountSource
        | Id::ContainerMountDest
        | Id::ContainerMountMode
        | Id::ContainerMountRdwr
        | Id::ContainerMountPropagation
        | Id::ContainerImageRepository
        | Id::ContainerImageTag
        | Id::ContainerImageDigest
        | Id::ContainerHealthcheck
        | Id::ContainerLivenessProbe
        | Id::ContainerReadinessProbe
        | Id::ContainerStartTs
        | Id::ContainerDuration
        | Id::ContainerIp
        | Id::ContainerCniJson
        | Id::ContainerHostPid
        | Id::ContainerHostNetwork
        | Id::ContainerHostIpc
        | Id::ContainerLabel
        | Id::ContainerLabels
        | Id::ProcIsContainerHealthcheck
        | Id::ProcIsContainerLivenessProbe
        | Id::ProcIsContainerReadinessProbe
        | Id::K8sPodName
        | Id::K8sNsName
        | Id::K8sPodId
        | Id::K8sPodUid
        | Id::K8sPodSandboxId
        | Id::K8sPodFullSandboxId
        | Id::K8sPodLabel
        | Id::K8sPodLabels
        | Id::K8sPodIp
        | Id::K8sPodCniJson
        | Id::K8sRcName
        | Id::K8sRcId
        | Id::K8sRcLabel
        | Id::K8sRcLabels
        | Id::K8sSvcName
        | Id::K8sSvcId
        | Id::K8sSvcLabel
        | Id::K8sSvcLabels
        | Id::K8sNsId
        | Id::K8sNsLabel
        | Id::K8sNsLabels
        | Id::K8sRsName
        | Id::K8sRsId
        | Id::K8sRsLabel
        | Id::K8sRsLabels
        | Id::K8sDeploymentName
        | Id::K8sDeploymentId
        | Id::K8sDeploymentLabel
        | Id::K8sDeploymentLabels => container::extract(field, context),
    }
}

#[cfg(test)]
mod fd_tests;
#[cfg(test)]
mod fspath_tests;
#[cfg(test)]
mod process_tests;
#[cfg(test)]
mod tests;
