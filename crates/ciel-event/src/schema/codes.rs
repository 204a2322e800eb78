//! A constant for each code of the table of events.
//!
//! Written by `cargo xtask schema`; do not edit.

use super::EventCode;

/// `syscall`, beginning.
pub const GENERIC_E: EventCode = EventCode(0);
/// `syscall`, end.
pub const GENERIC_X: EventCode = EventCode(1);
/// `open`, beginning.
pub const SYSCALL_OPEN_E: EventCode = EventCode(2);
/// `open`, end.
pub const SYSCALL_OPEN_X: EventCode = EventCode(3);
/// `close`, beginning.
pub const SYSCALL_CLOSE_E: EventCode = EventCode(4);
/// `close`, end.
pub const SYSCALL_CLOSE_X: EventCode = EventCode(5);
/// `read`, beginning.
pub const SYSCALL_READ_E: EventCode = EventCode(6);
/// `read`, end.
pub const SYSCALL_READ_X: EventCode = EventCode(7);
/// `write`, beginning.
pub const SYSCALL_WRITE_E: EventCode = EventCode(8);
/// `write`, end.
pub const SYSCALL_WRITE_X: EventCode = EventCode(9);
/// `brk`, beginning.
pub const SYSCALL_BRK_1_E: EventCode = EventCode(10);
/// `brk`, end.
pub const SYSCALL_BRK_1_X: EventCode = EventCode(11);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_8_E: EventCode = EventCode(12);
/// `execve`, end.
pub const SYSCALL_EXECVE_8_X: EventCode = EventCode(13);
/// `clone`, beginning.
pub const SYSCALL_CLONE_11_E: EventCode = EventCode(14);
/// `clone`, end.
pub const SYSCALL_CLONE_11_X: EventCode = EventCode(15);
/// `procexit`, beginning.
pub const PROCEXIT_E: EventCode = EventCode(16);
/// `socket`, beginning.
pub const SOCKET_SOCKET_E: EventCode = EventCode(18);
/// `socket`, end.
pub const SOCKET_SOCKET_X: EventCode = EventCode(19);
/// `bind`, beginning.
pub const SOCKET_BIND_E: EventCode = EventCode(20);
/// `bind`, end.
pub const SOCKET_BIND_X: EventCode = EventCode(21);
/// `connect`, beginning.
pub const SOCKET_CONNECT_E: EventCode = EventCode(22);
/// `connect`, end.
pub const SOCKET_CONNECT_X: EventCode = EventCode(23);
/// `listen`, beginning.
pub const SOCKET_LISTEN_E: EventCode = EventCode(24);
/// `listen`, end.
pub const SOCKET_LISTEN_X: EventCode = EventCode(25);
/// `accept`, beginning.
pub const SOCKET_ACCEPT_E: EventCode = EventCode(26);
/// `accept`, end.
pub const SOCKET_ACCEPT_X: EventCode = EventCode(27);
/// `send`, beginning.
pub const SOCKET_SEND_E: EventCode = EventCode(28);
/// `send`, end.
pub const SOCKET_SEND_X: EventCode = EventCode(29);
/// `sendto`, beginning.
pub const SOCKET_SENDTO_E: EventCode = EventCode(30);
/// `sendto`, end.
pub const SOCKET_SENDTO_X: EventCode = EventCode(31);
/// `recv`, beginning.
pub const SOCKET_RECV_E: EventCode = EventCode(32);
/// `recv`, end.
pub const SOCKET_RECV_X: EventCode = EventCode(33);
/// `recvfrom`, beginning.
pub const SOCKET_RECVFROM_E: EventCode = EventCode(34);
/// `recvfrom`, end.
pub const SOCKET_RECVFROM_X: EventCode = EventCode(35);
/// `shutdown`, beginning.
pub const SOCKET_SHUTDOWN_E: EventCode = EventCode(36);
/// `shutdown`, end.
pub const SOCKET_SHUTDOWN_X: EventCode = EventCode(37);
/// `getsockname`, beginning.
pub const SOCKET_GETSOCKNAME_E: EventCode = EventCode(38);
/// `getsockname`, end.
pub const SOCKET_GETSOCKNAME_X: EventCode = EventCode(39);
/// `getpeername`, beginning.
pub const SOCKET_GETPEERNAME_E: EventCode = EventCode(40);
/// `getpeername`, end.
pub const SOCKET_GETPEERNAME_X: EventCode = EventCode(41);
/// `socketpair`, beginning.
pub const SOCKET_SOCKETPAIR_E: EventCode = EventCode(42);
/// `socketpair`, end.
pub const SOCKET_SOCKETPAIR_X: EventCode = EventCode(43);
/// `setsockopt`, beginning.
pub const SOCKET_SETSOCKOPT_E: EventCode = EventCode(44);
/// `setsockopt`, end.
pub const SOCKET_SETSOCKOPT_X: EventCode = EventCode(45);
/// `getsockopt`, beginning.
pub const SOCKET_GETSOCKOPT_E: EventCode = EventCode(46);
/// `getsockopt`, end.
pub const SOCKET_GETSOCKOPT_X: EventCode = EventCode(47);
/// `sendmsg`, beginning.
pub const SOCKET_SENDMSG_E: EventCode = EventCode(48);
/// `sendmsg`, end.
pub const SOCKET_SENDMSG_X: EventCode = EventCode(49);
/// `sendmmsg`, beginning.
pub const SOCKET_SENDMMSG_E: EventCode = EventCode(50);
/// `sendmmsg`, end.
pub const SOCKET_SENDMMSG_X: EventCode = EventCode(51);
/// `recvmsg`, beginning.
pub const SOCKET_RECVMSG_E: EventCode = EventCode(52);
/// `recvmsg`, end.
pub const SOCKET_RECVMSG_X: EventCode = EventCode(53);
/// `recvmmsg`, beginning.
pub const SOCKET_RECVMMSG_E: EventCode = EventCode(54);
/// `recvmmsg`, end.
pub const SOCKET_RECVMMSG_X: EventCode = EventCode(55);
/// `accept`, beginning.
pub const SOCKET_ACCEPT4_E: EventCode = EventCode(56);
/// `accept`, end.
pub const SOCKET_ACCEPT4_X: EventCode = EventCode(57);
/// `creat`, beginning.
pub const SYSCALL_CREAT_E: EventCode = EventCode(58);
/// `creat`, end.
pub const SYSCALL_CREAT_X: EventCode = EventCode(59);
/// `pipe`, beginning.
pub const SYSCALL_PIPE_E: EventCode = EventCode(60);
/// `pipe`, end.
pub const SYSCALL_PIPE_X: EventCode = EventCode(61);
/// `eventfd`, beginning.
pub const SYSCALL_EVENTFD_E: EventCode = EventCode(62);
/// `eventfd`, end.
pub const SYSCALL_EVENTFD_X: EventCode = EventCode(63);
/// `futex`, beginning.
pub const SYSCALL_FUTEX_E: EventCode = EventCode(64);
/// `futex`, end.
pub const SYSCALL_FUTEX_X: EventCode = EventCode(65);
/// `stat`, beginning.
pub const SYSCALL_STAT_E: EventCode = EventCode(66);
/// `stat`, end.
pub const SYSCALL_STAT_X: EventCode = EventCode(67);
/// `lstat`, beginning.
pub const SYSCALL_LSTAT_E: EventCode = EventCode(68);
/// `lstat`, end.
pub const SYSCALL_LSTAT_X: EventCode = EventCode(69);
/// `fstat`, beginning.
pub const SYSCALL_FSTAT_E: EventCode = EventCode(70);
/// `fstat`, end.
pub const SYSCALL_FSTAT_X: EventCode = EventCode(71);
/// `stat64`, beginning.
pub const SYSCALL_STAT64_E: EventCode = EventCode(72);
/// `stat64`, end.
pub const SYSCALL_STAT64_X: EventCode = EventCode(73);
/// `lstat64`, beginning.
pub const SYSCALL_LSTAT64_E: EventCode = EventCode(74);
/// `lstat64`, end.
pub const SYSCALL_LSTAT64_X: EventCode = EventCode(75);
/// `fstat64`, beginning.
pub const SYSCALL_FSTAT64_E: EventCode = EventCode(76);
/// `fstat64`, end.
pub const SYSCALL_FSTAT64_X: EventCode = EventCode(77);
/// `epoll_wait`, beginning.
pub const SYSCALL_EPOLLWAIT_E: EventCode = EventCode(78);
/// `epoll_wait`, end.
pub const SYSCALL_EPOLLWAIT_X: EventCode = EventCode(79);
/// `poll`, beginning.
pub const SYSCALL_POLL_E: EventCode = EventCode(80);
/// `poll`, end.
pub const SYSCALL_POLL_X: EventCode = EventCode(81);
/// `select`, beginning.
pub const SYSCALL_SELECT_E: EventCode = EventCode(82);
/// `select`, end.
pub const SYSCALL_SELECT_X: EventCode = EventCode(83);
/// `select`, beginning.
pub const SYSCALL_NEWSELECT_E: EventCode = EventCode(84);
/// `select`, end.
pub const SYSCALL_NEWSELECT_X: EventCode = EventCode(85);
/// `lseek`, beginning.
pub const SYSCALL_LSEEK_E: EventCode = EventCode(86);
/// `lseek`, end.
pub const SYSCALL_LSEEK_X: EventCode = EventCode(87);
/// `llseek`, beginning.
pub const SYSCALL_LLSEEK_E: EventCode = EventCode(88);
/// `llseek`, end.
pub const SYSCALL_LLSEEK_X: EventCode = EventCode(89);
/// `ioctl`, beginning.
pub const SYSCALL_IOCTL_2_E: EventCode = EventCode(90);
/// `ioctl`, end.
pub const SYSCALL_IOCTL_2_X: EventCode = EventCode(91);
/// `getcwd`, beginning.
pub const SYSCALL_GETCWD_E: EventCode = EventCode(92);
/// `getcwd`, end.
pub const SYSCALL_GETCWD_X: EventCode = EventCode(93);
/// `chdir`, beginning.
pub const SYSCALL_CHDIR_E: EventCode = EventCode(94);
/// `chdir`, end.
pub const SYSCALL_CHDIR_X: EventCode = EventCode(95);
/// `fchdir`, beginning.
pub const SYSCALL_FCHDIR_E: EventCode = EventCode(96);
/// `fchdir`, end.
pub const SYSCALL_FCHDIR_X: EventCode = EventCode(97);
/// `mkdir`, beginning.
pub const SYSCALL_MKDIR_E: EventCode = EventCode(98);
/// `mkdir`, end.
pub const SYSCALL_MKDIR_X: EventCode = EventCode(99);
/// `rmdir`, beginning.
pub const SYSCALL_RMDIR_E: EventCode = EventCode(100);
/// `rmdir`, end.
pub const SYSCALL_RMDIR_X: EventCode = EventCode(101);
/// `openat`, beginning.
pub const SYSCALL_OPENAT_E: EventCode = EventCode(102);
/// `openat`, end.
pub const SYSCALL_OPENAT_X: EventCode = EventCode(103);
/// `link`, beginning.
pub const SYSCALL_LINK_E: EventCode = EventCode(104);
/// `link`, end.
pub const SYSCALL_LINK_X: EventCode = EventCode(105);
/// `linkat`, beginning.
pub const SYSCALL_LINKAT_E: EventCode = EventCode(106);
/// `linkat`, end.
pub const SYSCALL_LINKAT_X: EventCode = EventCode(107);
/// `unlink`, beginning.
pub const SYSCALL_UNLINK_E: EventCode = EventCode(108);
/// `unlink`, end.
pub const SYSCALL_UNLINK_X: EventCode = EventCode(109);
/// `unlinkat`, beginning.
pub const SYSCALL_UNLINKAT_E: EventCode = EventCode(110);
/// `unlinkat`, end.
pub const SYSCALL_UNLINKAT_X: EventCode = EventCode(111);
/// `pread`, beginning.
pub const SYSCALL_PREAD_E: EventCode = EventCode(112);
/// `pread`, end.
pub const SYSCALL_PREAD_X: EventCode = EventCode(113);
/// `pwrite`, beginning.
pub const SYSCALL_PWRITE_E: EventCode = EventCode(114);
/// `pwrite`, end.
pub const SYSCALL_PWRITE_X: EventCode = EventCode(115);
/// `readv`, beginning.
pub const SYSCALL_READV_E: EventCode = EventCode(116);
/// `readv`, end.
pub const SYSCALL_READV_X: EventCode = EventCode(117);
/// `writev`, beginning.
pub const SYSCALL_WRITEV_E: EventCode = EventCode(118);
/// `writev`, end.
pub const SYSCALL_WRITEV_X: EventCode = EventCode(119);
/// `preadv`, beginning.
pub const SYSCALL_PREADV_E: EventCode = EventCode(120);
/// `preadv`, end.
pub const SYSCALL_PREADV_X: EventCode = EventCode(121);
/// `pwritev`, beginning.
pub const SYSCALL_PWRITEV_E: EventCode = EventCode(122);
/// `pwritev`, end.
pub const SYSCALL_PWRITEV_X: EventCode = EventCode(123);
/// `dup`, beginning.
pub const SYSCALL_DUP_E: EventCode = EventCode(124);
/// `dup`, end.
pub const SYSCALL_DUP_X: EventCode = EventCode(125);
/// `signalfd`, beginning.
pub const SYSCALL_SIGNALFD_E: EventCode = EventCode(126);
/// `signalfd`, end.
pub const SYSCALL_SIGNALFD_X: EventCode = EventCode(127);
/// `kill`, beginning.
pub const SYSCALL_KILL_E: EventCode = EventCode(128);
/// `kill`, end.
pub const SYSCALL_KILL_X: EventCode = EventCode(129);
/// `tkill`, beginning.
pub const SYSCALL_TKILL_E: EventCode = EventCode(130);
/// `tkill`, end.
pub const SYSCALL_TKILL_X: EventCode = EventCode(131);
/// `tgkill`, beginning.
pub const SYSCALL_TGKILL_E: EventCode = EventCode(132);
/// `tgkill`, end.
pub const SYSCALL_TGKILL_X: EventCode = EventCode(133);
/// `nanosleep`, beginning.
pub const SYSCALL_NANOSLEEP_E: EventCode = EventCode(134);
/// `nanosleep`, end.
pub const SYSCALL_NANOSLEEP_X: EventCode = EventCode(135);
/// `timerfd_create`, beginning.
pub const SYSCALL_TIMERFD_CREATE_E: EventCode = EventCode(136);
/// `timerfd_create`, end.
pub const SYSCALL_TIMERFD_CREATE_X: EventCode = EventCode(137);
/// `inotify_init`, beginning.
pub const SYSCALL_INOTIFY_INIT_E: EventCode = EventCode(138);
/// `inotify_init`, end.
pub const SYSCALL_INOTIFY_INIT_X: EventCode = EventCode(139);
/// `getrlimit`, beginning.
pub const SYSCALL_GETRLIMIT_E: EventCode = EventCode(140);
/// `getrlimit`, end.
pub const SYSCALL_GETRLIMIT_X: EventCode = EventCode(141);
/// `setrlimit`, beginning.
pub const SYSCALL_SETRLIMIT_E: EventCode = EventCode(142);
/// `setrlimit`, end.
pub const SYSCALL_SETRLIMIT_X: EventCode = EventCode(143);
/// `prlimit`, beginning.
pub const SYSCALL_PRLIMIT_E: EventCode = EventCode(144);
/// `prlimit`, end.
pub const SYSCALL_PRLIMIT_X: EventCode = EventCode(145);
/// `switch`, beginning.
pub const SCHEDSWITCH_1_E: EventCode = EventCode(146);
/// `drop`, beginning.
pub const DROP_E: EventCode = EventCode(148);
/// `drop`, end.
pub const DROP_X: EventCode = EventCode(149);
/// `fcntl`, beginning.
pub const SYSCALL_FCNTL_E: EventCode = EventCode(150);
/// `fcntl`, end.
pub const SYSCALL_FCNTL_X: EventCode = EventCode(151);
/// `switch`, beginning.
pub const SCHEDSWITCH_6_E: EventCode = EventCode(152);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_13_E: EventCode = EventCode(154);
/// `execve`, end.
pub const SYSCALL_EXECVE_13_X: EventCode = EventCode(155);
/// `clone`, beginning.
pub const SYSCALL_CLONE_16_E: EventCode = EventCode(156);
/// `clone`, end.
pub const SYSCALL_CLONE_16_X: EventCode = EventCode(157);
/// `brk`, beginning.
pub const SYSCALL_BRK_4_E: EventCode = EventCode(158);
/// `brk`, end.
pub const SYSCALL_BRK_4_X: EventCode = EventCode(159);
/// `mmap`, beginning.
pub const SYSCALL_MMAP_E: EventCode = EventCode(160);
/// `mmap`, end.
pub const SYSCALL_MMAP_X: EventCode = EventCode(161);
/// `mmap2`, beginning.
pub const SYSCALL_MMAP2_E: EventCode = EventCode(162);
/// `mmap2`, end.
pub const SYSCALL_MMAP2_X: EventCode = EventCode(163);
/// `munmap`, beginning.
pub const SYSCALL_MUNMAP_E: EventCode = EventCode(164);
/// `munmap`, end.
pub const SYSCALL_MUNMAP_X: EventCode = EventCode(165);
/// `splice`, beginning.
pub const SYSCALL_SPLICE_E: EventCode = EventCode(166);
/// `splice`, end.
pub const SYSCALL_SPLICE_X: EventCode = EventCode(167);
/// `ptrace`, beginning.
pub const SYSCALL_PTRACE_E: EventCode = EventCode(168);
/// `ptrace`, end.
pub const SYSCALL_PTRACE_X: EventCode = EventCode(169);
/// `ioctl`, beginning.
pub const SYSCALL_IOCTL_3_E: EventCode = EventCode(170);
/// `ioctl`, end.
pub const SYSCALL_IOCTL_3_X: EventCode = EventCode(171);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_14_E: EventCode = EventCode(172);
/// `execve`, end.
pub const SYSCALL_EXECVE_14_X: EventCode = EventCode(173);
/// `rename`, beginning.
pub const SYSCALL_RENAME_E: EventCode = EventCode(174);
/// `rename`, end.
pub const SYSCALL_RENAME_X: EventCode = EventCode(175);
/// `renameat`, beginning.
pub const SYSCALL_RENAMEAT_E: EventCode = EventCode(176);
/// `renameat`, end.
pub const SYSCALL_RENAMEAT_X: EventCode = EventCode(177);
/// `symlink`, beginning.
pub const SYSCALL_SYMLINK_E: EventCode = EventCode(178);
/// `symlink`, end.
pub const SYSCALL_SYMLINK_X: EventCode = EventCode(179);
/// `symlinkat`, beginning.
pub const SYSCALL_SYMLINKAT_E: EventCode = EventCode(180);
/// `symlinkat`, end.
pub const SYSCALL_SYMLINKAT_X: EventCode = EventCode(181);
/// `fork`, beginning.
pub const SYSCALL_FORK_E: EventCode = EventCode(182);
/// `fork`, end.
pub const SYSCALL_FORK_X: EventCode = EventCode(183);
/// `vfork`, beginning.
pub const SYSCALL_VFORK_E: EventCode = EventCode(184);
/// `vfork`, end.
pub const SYSCALL_VFORK_X: EventCode = EventCode(185);
/// `procexit`, beginning.
pub const PROCEXIT_1_E: EventCode = EventCode(186);
/// `sendfile`, beginning.
pub const SYSCALL_SENDFILE_E: EventCode = EventCode(188);
/// `sendfile`, end.
pub const SYSCALL_SENDFILE_X: EventCode = EventCode(189);
/// `quotactl`, beginning.
pub const SYSCALL_QUOTACTL_E: EventCode = EventCode(190);
/// `quotactl`, end.
pub const SYSCALL_QUOTACTL_X: EventCode = EventCode(191);
/// `setresuid`, beginning.
pub const SYSCALL_SETRESUID_E: EventCode = EventCode(192);
/// `setresuid`, end.
pub const SYSCALL_SETRESUID_X: EventCode = EventCode(193);
/// `setresgid`, beginning.
pub const SYSCALL_SETRESGID_E: EventCode = EventCode(194);
/// `setresgid`, end.
pub const SYSCALL_SETRESGID_X: EventCode = EventCode(195);
/// `scapevent`, beginning.
pub const SCAPEVENT_E: EventCode = EventCode(196);
/// `setuid`, beginning.
pub const SYSCALL_SETUID_E: EventCode = EventCode(198);
/// `setuid`, end.
pub const SYSCALL_SETUID_X: EventCode = EventCode(199);
/// `setgid`, beginning.
pub const SYSCALL_SETGID_E: EventCode = EventCode(200);
/// `setgid`, end.
pub const SYSCALL_SETGID_X: EventCode = EventCode(201);
/// `getuid`, beginning.
pub const SYSCALL_GETUID_E: EventCode = EventCode(202);
/// `getuid`, end.
pub const SYSCALL_GETUID_X: EventCode = EventCode(203);
/// `geteuid`, beginning.
pub const SYSCALL_GETEUID_E: EventCode = EventCode(204);
/// `geteuid`, end.
pub const SYSCALL_GETEUID_X: EventCode = EventCode(205);
/// `getgid`, beginning.
pub const SYSCALL_GETGID_E: EventCode = EventCode(206);
/// `getgid`, end.
pub const SYSCALL_GETGID_X: EventCode = EventCode(207);
/// `getegid`, beginning.
pub const SYSCALL_GETEGID_E: EventCode = EventCode(208);
/// `getegid`, end.
pub const SYSCALL_GETEGID_X: EventCode = EventCode(209);
/// `getresuid`, beginning.
pub const SYSCALL_GETRESUID_E: EventCode = EventCode(210);
/// `getresuid`, end.
pub const SYSCALL_GETRESUID_X: EventCode = EventCode(211);
/// `getresgid`, beginning.
pub const SYSCALL_GETRESGID_E: EventCode = EventCode(212);
/// `getresgid`, end.
pub const SYSCALL_GETRESGID_X: EventCode = EventCode(213);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_15_E: EventCode = EventCode(214);
/// `execve`, end.
pub const SYSCALL_EXECVE_15_X: EventCode = EventCode(215);
/// `clone`, beginning.
pub const SYSCALL_CLONE_17_E: EventCode = EventCode(216);
/// `clone`, end.
pub const SYSCALL_CLONE_17_X: EventCode = EventCode(217);
/// `fork`, beginning.
pub const SYSCALL_FORK_17_E: EventCode = EventCode(218);
/// `fork`, end.
pub const SYSCALL_FORK_17_X: EventCode = EventCode(219);
/// `vfork`, beginning.
pub const SYSCALL_VFORK_17_E: EventCode = EventCode(220);
/// `vfork`, end.
pub const SYSCALL_VFORK_17_X: EventCode = EventCode(221);
/// `clone`, beginning.
pub const SYSCALL_CLONE_20_E: EventCode = EventCode(222);
/// `clone`, end.
pub const SYSCALL_CLONE_20_X: EventCode = EventCode(223);
/// `fork`, beginning.
pub const SYSCALL_FORK_20_E: EventCode = EventCode(224);
/// `fork`, end.
pub const SYSCALL_FORK_20_X: EventCode = EventCode(225);
/// `vfork`, beginning.
pub const SYSCALL_VFORK_20_E: EventCode = EventCode(226);
/// `vfork`, end.
pub const SYSCALL_VFORK_20_X: EventCode = EventCode(227);
/// `container`, beginning.
pub const CONTAINER_E: EventCode = EventCode(228);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_16_E: EventCode = EventCode(230);
/// `execve`, end.
pub const SYSCALL_EXECVE_16_X: EventCode = EventCode(231);
/// `signaldeliver`, beginning.
pub const SIGNALDELIVER_E: EventCode = EventCode(232);
/// `procinfo`, beginning.
pub const PROCINFO_E: EventCode = EventCode(234);
/// `getdents`, beginning.
pub const SYSCALL_GETDENTS_E: EventCode = EventCode(236);
/// `getdents`, end.
pub const SYSCALL_GETDENTS_X: EventCode = EventCode(237);
/// `getdents64`, beginning.
pub const SYSCALL_GETDENTS64_E: EventCode = EventCode(238);
/// `getdents64`, end.
pub const SYSCALL_GETDENTS64_X: EventCode = EventCode(239);
/// `setns`, beginning.
pub const SYSCALL_SETNS_E: EventCode = EventCode(240);
/// `setns`, end.
pub const SYSCALL_SETNS_X: EventCode = EventCode(241);
/// `flock`, beginning.
pub const SYSCALL_FLOCK_E: EventCode = EventCode(242);
/// `flock`, end.
pub const SYSCALL_FLOCK_X: EventCode = EventCode(243);
/// `cpu_hotplug`, beginning.
pub const CPU_HOTPLUG_E: EventCode = EventCode(244);
/// `accept`, beginning.
pub const SOCKET_ACCEPT_5_E: EventCode = EventCode(246);
/// `accept`, end.
pub const SOCKET_ACCEPT_5_X: EventCode = EventCode(247);
/// `accept`, beginning.
pub const SOCKET_ACCEPT4_5_E: EventCode = EventCode(248);
/// `accept`, end.
pub const SOCKET_ACCEPT4_5_X: EventCode = EventCode(249);
/// `semop`, beginning.
pub const SYSCALL_SEMOP_E: EventCode = EventCode(250);
/// `semop`, end.
pub const SYSCALL_SEMOP_X: EventCode = EventCode(251);
/// `semctl`, beginning.
pub const SYSCALL_SEMCTL_E: EventCode = EventCode(252);
/// `semctl`, end.
pub const SYSCALL_SEMCTL_X: EventCode = EventCode(253);
/// `ppoll`, beginning.
pub const SYSCALL_PPOLL_E: EventCode = EventCode(254);
/// `ppoll`, end.
pub const SYSCALL_PPOLL_X: EventCode = EventCode(255);
/// `mount`, beginning.
pub const SYSCALL_MOUNT_E: EventCode = EventCode(256);
/// `mount`, end.
pub const SYSCALL_MOUNT_X: EventCode = EventCode(257);
/// `umount`, beginning.
pub const SYSCALL_UMOUNT_E: EventCode = EventCode(258);
/// `umount`, end.
pub const SYSCALL_UMOUNT_X: EventCode = EventCode(259);
/// `k8s`, beginning.
pub const K8S_E: EventCode = EventCode(260);
/// `semget`, beginning.
pub const SYSCALL_SEMGET_E: EventCode = EventCode(262);
/// `semget`, end.
pub const SYSCALL_SEMGET_X: EventCode = EventCode(263);
/// `access`, beginning.
pub const SYSCALL_ACCESS_E: EventCode = EventCode(264);
/// `access`, end.
pub const SYSCALL_ACCESS_X: EventCode = EventCode(265);
/// `chroot`, beginning.
pub const SYSCALL_CHROOT_E: EventCode = EventCode(266);
/// `chroot`, end.
pub const SYSCALL_CHROOT_X: EventCode = EventCode(267);
/// `tracer`, beginning.
pub const TRACER_E: EventCode = EventCode(268);
/// `mesos`, beginning.
pub const MESOS_E: EventCode = EventCode(270);
/// `container`, beginning.
pub const CONTAINER_JSON_E: EventCode = EventCode(272);
/// `setsid`, beginning.
pub const SYSCALL_SETSID_E: EventCode = EventCode(274);
/// `setsid`, end.
pub const SYSCALL_SETSID_X: EventCode = EventCode(275);
/// `mkdir`, beginning.
pub const SYSCALL_MKDIR_2_E: EventCode = EventCode(276);
/// `mkdir`, end.
pub const SYSCALL_MKDIR_2_X: EventCode = EventCode(277);
/// `rmdir`, beginning.
pub const SYSCALL_RMDIR_2_E: EventCode = EventCode(278);
/// `rmdir`, end.
pub const SYSCALL_RMDIR_2_X: EventCode = EventCode(279);
/// `notification`, beginning.
pub const NOTIFICATION_E: EventCode = EventCode(280);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_17_E: EventCode = EventCode(282);
/// `execve`, end.
pub const SYSCALL_EXECVE_17_X: EventCode = EventCode(283);
/// `unshare`, beginning.
pub const SYSCALL_UNSHARE_E: EventCode = EventCode(284);
/// `unshare`, end.
pub const SYSCALL_UNSHARE_X: EventCode = EventCode(285);
/// `infra`, beginning.
pub const INFRASTRUCTURE_EVENT_E: EventCode = EventCode(286);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_18_E: EventCode = EventCode(288);
/// `execve`, end.
pub const SYSCALL_EXECVE_18_X: EventCode = EventCode(289);
/// `page_fault`, beginning.
pub const PAGE_FAULT_E: EventCode = EventCode(290);
/// `execve`, beginning.
pub const SYSCALL_EXECVE_19_E: EventCode = EventCode(292);
/// `execve`, end.
pub const SYSCALL_EXECVE_19_X: EventCode = EventCode(293);
/// `setpgid`, beginning.
pub const SYSCALL_SETPGID_E: EventCode = EventCode(294);
/// `setpgid`, end.
pub const SYSCALL_SETPGID_X: EventCode = EventCode(295);
/// `bpf`, beginning.
pub const SYSCALL_BPF_E: EventCode = EventCode(296);
/// `bpf`, end.
pub const SYSCALL_BPF_X: EventCode = EventCode(297);
/// `seccomp`, beginning.
pub const SYSCALL_SECCOMP_E: EventCode = EventCode(298);
/// `seccomp`, end.
pub const SYSCALL_SECCOMP_X: EventCode = EventCode(299);
/// `unlink`, beginning.
pub const SYSCALL_UNLINK_2_E: EventCode = EventCode(300);
/// `unlink`, end.
pub const SYSCALL_UNLINK_2_X: EventCode = EventCode(301);
/// `unlinkat`, beginning.
pub const SYSCALL_UNLINKAT_2_E: EventCode = EventCode(302);
/// `unlinkat`, end.
pub const SYSCALL_UNLINKAT_2_X: EventCode = EventCode(303);
/// `mkdirat`, beginning.
pub const SYSCALL_MKDIRAT_E: EventCode = EventCode(304);
/// `mkdirat`, end.
pub const SYSCALL_MKDIRAT_X: EventCode = EventCode(305);
/// `openat`, beginning.
pub const SYSCALL_OPENAT_2_E: EventCode = EventCode(306);
/// `openat`, end.
pub const SYSCALL_OPENAT_2_X: EventCode = EventCode(307);
/// `link`, beginning.
pub const SYSCALL_LINK_2_E: EventCode = EventCode(308);
/// `link`, end.
pub const SYSCALL_LINK_2_X: EventCode = EventCode(309);
/// `linkat`, beginning.
pub const SYSCALL_LINKAT_2_E: EventCode = EventCode(310);
/// `linkat`, end.
pub const SYSCALL_LINKAT_2_X: EventCode = EventCode(311);
/// `fchmodat`, beginning.
pub const SYSCALL_FCHMODAT_E: EventCode = EventCode(312);
/// `fchmodat`, end.
pub const SYSCALL_FCHMODAT_X: EventCode = EventCode(313);
/// `chmod`, beginning.
pub const SYSCALL_CHMOD_E: EventCode = EventCode(314);
/// `chmod`, end.
pub const SYSCALL_CHMOD_X: EventCode = EventCode(315);
/// `fchmod`, beginning.
pub const SYSCALL_FCHMOD_E: EventCode = EventCode(316);
/// `fchmod`, end.
pub const SYSCALL_FCHMOD_X: EventCode = EventCode(317);
/// `renameat2`, beginning.
pub const SYSCALL_RENAMEAT2_E: EventCode = EventCode(318);
/// `renameat2`, end.
pub const SYSCALL_RENAMEAT2_X: EventCode = EventCode(319);
/// `userfaultfd`, beginning.
pub const SYSCALL_USERFAULTFD_E: EventCode = EventCode(320);
/// `userfaultfd`, end.
pub const SYSCALL_USERFAULTFD_X: EventCode = EventCode(321);
/// `pluginevent`, beginning.
pub const PLUGINEVENT_E: EventCode = EventCode(322);
/// `container`, beginning.
pub const CONTAINER_JSON_2_E: EventCode = EventCode(324);
/// `openat2`, beginning.
pub const SYSCALL_OPENAT2_E: EventCode = EventCode(326);
/// `openat2`, end.
pub const SYSCALL_OPENAT2_X: EventCode = EventCode(327);
/// `mprotect`, beginning.
pub const SYSCALL_MPROTECT_E: EventCode = EventCode(328);
/// `mprotect`, end.
pub const SYSCALL_MPROTECT_X: EventCode = EventCode(329);
/// `execveat`, beginning.
pub const SYSCALL_EXECVEAT_E: EventCode = EventCode(330);
/// `execveat`, end.
pub const SYSCALL_EXECVEAT_X: EventCode = EventCode(331);
/// `copy_file_range`, beginning.
pub const SYSCALL_COPY_FILE_RANGE_E: EventCode = EventCode(332);
/// `copy_file_range`, end.
pub const SYSCALL_COPY_FILE_RANGE_X: EventCode = EventCode(333);
/// `clone3`, beginning.
pub const SYSCALL_CLONE3_E: EventCode = EventCode(334);
/// `clone3`, end.
pub const SYSCALL_CLONE3_X: EventCode = EventCode(335);
/// `open_by_handle_at`, beginning.
pub const SYSCALL_OPEN_BY_HANDLE_AT_E: EventCode = EventCode(336);
/// `open_by_handle_at`, end.
pub const SYSCALL_OPEN_BY_HANDLE_AT_X: EventCode = EventCode(337);
/// `io_uring_setup`, beginning.
pub const SYSCALL_IO_URING_SETUP_E: EventCode = EventCode(338);
/// `io_uring_setup`, end.
pub const SYSCALL_IO_URING_SETUP_X: EventCode = EventCode(339);
/// `io_uring_enter`, beginning.
pub const SYSCALL_IO_URING_ENTER_E: EventCode = EventCode(340);
/// `io_uring_enter`, end.
pub const SYSCALL_IO_URING_ENTER_X: EventCode = EventCode(341);
/// `io_uring_register`, beginning.
pub const SYSCALL_IO_URING_REGISTER_E: EventCode = EventCode(342);
/// `io_uring_register`, end.
pub const SYSCALL_IO_URING_REGISTER_X: EventCode = EventCode(343);
/// `mlock`, beginning.
pub const SYSCALL_MLOCK_E: EventCode = EventCode(344);
/// `mlock`, end.
pub const SYSCALL_MLOCK_X: EventCode = EventCode(345);
/// `munlock`, beginning.
pub const SYSCALL_MUNLOCK_E: EventCode = EventCode(346);
/// `munlock`, end.
pub const SYSCALL_MUNLOCK_X: EventCode = EventCode(347);
/// `mlockall`, beginning.
pub const SYSCALL_MLOCKALL_E: EventCode = EventCode(348);
/// `mlockall`, end.
pub const SYSCALL_MLOCKALL_X: EventCode = EventCode(349);
/// `munlockall`, beginning.
pub const SYSCALL_MUNLOCKALL_E: EventCode = EventCode(350);
/// `munlockall`, end.
pub const SYSCALL_MUNLOCKALL_X: EventCode = EventCode(351);
/// `capset`, beginning.
pub const SYSCALL_CAPSET_E: EventCode = EventCode(352);
/// `capset`, end.
pub const SYSCALL_CAPSET_X: EventCode = EventCode(353);
/// `useradded`, beginning.
pub const USER_ADDED_E: EventCode = EventCode(354);
/// `userdeleted`, beginning.
pub const USER_DELETED_E: EventCode = EventCode(356);
/// `groupadded`, beginning.
pub const GROUP_ADDED_E: EventCode = EventCode(358);
/// `groupdeleted`, beginning.
pub const GROUP_DELETED_E: EventCode = EventCode(360);
/// `dup2`, beginning.
pub const SYSCALL_DUP2_E: EventCode = EventCode(362);
/// `dup2`, end.
pub const SYSCALL_DUP2_X: EventCode = EventCode(363);
/// `dup3`, beginning.
pub const SYSCALL_DUP3_E: EventCode = EventCode(364);
/// `dup3`, end.
pub const SYSCALL_DUP3_X: EventCode = EventCode(365);
/// `dup`, beginning.
pub const SYSCALL_DUP_1_E: EventCode = EventCode(366);
/// `dup`, end.
pub const SYSCALL_DUP_1_X: EventCode = EventCode(367);
/// `bpf`, beginning.
pub const SYSCALL_BPF_2_E: EventCode = EventCode(368);
/// `bpf`, end.
pub const SYSCALL_BPF_2_X: EventCode = EventCode(369);
/// `mlock2`, beginning.
pub const SYSCALL_MLOCK2_E: EventCode = EventCode(370);
/// `mlock2`, end.
pub const SYSCALL_MLOCK2_X: EventCode = EventCode(371);
/// `fsconfig`, beginning.
pub const SYSCALL_FSCONFIG_E: EventCode = EventCode(372);
/// `fsconfig`, end.
pub const SYSCALL_FSCONFIG_X: EventCode = EventCode(373);
/// `epoll_create`, beginning.
pub const SYSCALL_EPOLL_CREATE_E: EventCode = EventCode(374);
/// `epoll_create`, end.
pub const SYSCALL_EPOLL_CREATE_X: EventCode = EventCode(375);
/// `epoll_create1`, beginning.
pub const SYSCALL_EPOLL_CREATE1_E: EventCode = EventCode(376);
/// `epoll_create1`, end.
pub const SYSCALL_EPOLL_CREATE1_X: EventCode = EventCode(377);
/// `chown`, beginning.
pub const SYSCALL_CHOWN_E: EventCode = EventCode(378);
/// `chown`, end.
pub const SYSCALL_CHOWN_X: EventCode = EventCode(379);
/// `lchown`, beginning.
pub const SYSCALL_LCHOWN_E: EventCode = EventCode(380);
/// `lchown`, end.
pub const SYSCALL_LCHOWN_X: EventCode = EventCode(381);
/// `fchown`, beginning.
pub const SYSCALL_FCHOWN_E: EventCode = EventCode(382);
/// `fchown`, end.
pub const SYSCALL_FCHOWN_X: EventCode = EventCode(383);
/// `fchownat`, beginning.
pub const SYSCALL_FCHOWNAT_E: EventCode = EventCode(384);
/// `fchownat`, end.
pub const SYSCALL_FCHOWNAT_X: EventCode = EventCode(385);
/// `umount`, beginning.
pub const SYSCALL_UMOUNT_1_E: EventCode = EventCode(386);
/// `umount`, end.
pub const SYSCALL_UMOUNT_1_X: EventCode = EventCode(387);
/// `accept4`, beginning.
pub const SOCKET_ACCEPT4_6_E: EventCode = EventCode(388);
/// `accept4`, end.
pub const SOCKET_ACCEPT4_6_X: EventCode = EventCode(389);
/// `umount2`, beginning.
pub const SYSCALL_UMOUNT2_E: EventCode = EventCode(390);
/// `umount2`, end.
pub const SYSCALL_UMOUNT2_X: EventCode = EventCode(391);
/// `pipe2`, beginning.
pub const SYSCALL_PIPE2_E: EventCode = EventCode(392);
/// `pipe2`, end.
pub const SYSCALL_PIPE2_X: EventCode = EventCode(393);
/// `inotify_init1`, beginning.
pub const SYSCALL_INOTIFY_INIT1_E: EventCode = EventCode(394);
/// `inotify_init1`, end.
pub const SYSCALL_INOTIFY_INIT1_X: EventCode = EventCode(395);
/// `eventfd2`, beginning.
pub const SYSCALL_EVENTFD2_E: EventCode = EventCode(396);
/// `eventfd2`, end.
pub const SYSCALL_EVENTFD2_X: EventCode = EventCode(397);
/// `signalfd4`, beginning.
pub const SYSCALL_SIGNALFD4_E: EventCode = EventCode(398);
/// `signalfd4`, end.
pub const SYSCALL_SIGNALFD4_X: EventCode = EventCode(399);
/// `prctl`, beginning.
pub const SYSCALL_PRCTL_E: EventCode = EventCode(400);
/// `prctl`, end.
pub const SYSCALL_PRCTL_X: EventCode = EventCode(401);
/// `asyncevent`, beginning.
pub const ASYNCEVENT_E: EventCode = EventCode(402);
/// `memfd_create`, beginning.
pub const SYSCALL_MEMFD_CREATE_E: EventCode = EventCode(404);
/// `memfd_create`, end.
pub const SYSCALL_MEMFD_CREATE_X: EventCode = EventCode(405);
/// `pidfd_getfd`, beginning.
pub const SYSCALL_PIDFD_GETFD_E: EventCode = EventCode(406);
/// `pidfd_getfd`, end.
pub const SYSCALL_PIDFD_GETFD_X: EventCode = EventCode(407);
/// `pidfd_open`, beginning.
pub const SYSCALL_PIDFD_OPEN_E: EventCode = EventCode(408);
/// `pidfd_open`, end.
pub const SYSCALL_PIDFD_OPEN_X: EventCode = EventCode(409);
/// `init_module`, beginning.
pub const SYSCALL_INIT_MODULE_E: EventCode = EventCode(410);
/// `init_module`, end.
pub const SYSCALL_INIT_MODULE_X: EventCode = EventCode(411);
/// `finit_module`, beginning.
pub const SYSCALL_FINIT_MODULE_E: EventCode = EventCode(412);
/// `finit_module`, end.
pub const SYSCALL_FINIT_MODULE_X: EventCode = EventCode(413);
/// `mknod`, beginning.
pub const SYSCALL_MKNOD_E: EventCode = EventCode(414);
/// `mknod`, end.
pub const SYSCALL_MKNOD_X: EventCode = EventCode(415);
/// `mknodat`, beginning.
pub const SYSCALL_MKNODAT_E: EventCode = EventCode(416);
/// `mknodat`, end.
pub const SYSCALL_MKNODAT_X: EventCode = EventCode(417);
/// `newfstatat`, beginning.
pub const SYSCALL_NEWFSTATAT_E: EventCode = EventCode(418);
/// `newfstatat`, end.
pub const SYSCALL_NEWFSTATAT_X: EventCode = EventCode(419);
/// `process_vm_readv`, beginning.
pub const SYSCALL_PROCESS_VM_READV_E: EventCode = EventCode(420);
/// `process_vm_readv`, end.
pub const SYSCALL_PROCESS_VM_READV_X: EventCode = EventCode(421);
/// `process_vm_writev`, beginning.
pub const SYSCALL_PROCESS_VM_WRITEV_E: EventCode = EventCode(422);
/// `process_vm_writev`, end.
pub const SYSCALL_PROCESS_VM_WRITEV_X: EventCode = EventCode(423);
/// `delete_module`, beginning.
pub const SYSCALL_DELETE_MODULE_E: EventCode = EventCode(424);
/// `delete_module`, end.
pub const SYSCALL_DELETE_MODULE_X: EventCode = EventCode(425);
/// `setreuid`, beginning.
pub const SYSCALL_SETREUID_E: EventCode = EventCode(426);
/// `setreuid`, end.
pub const SYSCALL_SETREUID_X: EventCode = EventCode(427);
/// `setregid`, beginning.
pub const SYSCALL_SETREGID_E: EventCode = EventCode(428);
/// `setregid`, end.
pub const SYSCALL_SETREGID_X: EventCode = EventCode(429);
/// `task`, beginning.
pub const ITER_TASK_E: EventCode = EventCode(430);
/// `task_file_pipe`, beginning.
pub const ITER_TASK_FILE_PIPE_E: EventCode = EventCode(432);
/// `task_file_memfd`, beginning.
pub const ITER_TASK_FILE_MEMFD_E: EventCode = EventCode(434);
/// `task_file_regular`, beginning.
pub const ITER_TASK_FILE_REGULAR_E: EventCode = EventCode(436);
/// `task_file_directory`, beginning.
pub const ITER_TASK_FILE_DIRECTORY_E: EventCode = EventCode(438);
/// `task_file_socket_inet`, beginning.
pub const ITER_TASK_FILE_SOCKET_INET_E: EventCode = EventCode(440);
/// `task_file_socket_inet6`, beginning.
pub const ITER_TASK_FILE_SOCKET_INET6_E: EventCode = EventCode(442);
/// `task_file_socket_unix`, beginning.
pub const ITER_TASK_FILE_SOCKET_UNIX_E: EventCode = EventCode(444);
/// `task_file_socket_netlink`, beginning.
pub const ITER_TASK_FILE_SOCKET_NETLINK_E: EventCode = EventCode(446);
/// `task_file_anon_inode`, beginning.
pub const ITER_TASK_FILE_ANON_INODE_E: EventCode = EventCode(448);
/// `close_range`, end.
pub const SYSCALL_CLOSE_RANGE_X: EventCode = EventCode(451);
/// `keyctl`, end.
pub const SYSCALL_KEYCTL_X: EventCode = EventCode(453);
