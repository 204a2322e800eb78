//! The words that the table of events is written in.

/// A number of the table of events (`PPME_*`): even for the beginning of a system call, odd for its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EventCode(pub u16);

impl EventCode {
    /// Whether it tells of the beginning of a system call, or of something without an end.
    #[must_use]
    pub fn is_enter(self) -> bool {
        self.0.is_multiple_of(2)
    }
}

/// The declaration of one event.
#[derive(Debug)]
pub struct EventInfo {
    /// The name of the constant without `PPME_`: `SYSCALL_OPEN_X`.
    pub constant: &'static str,
    /// The name that `evt.type` gives: `open`. `NA` for codes that are not used.
    pub name: &'static str,
    /// What kind of work it is.
    pub category: Category,
    /// Who makes such events.
    pub source: EventSource,
    /// What it does to descriptors and state.
    pub flags: EventFlags,
    /// Its parameters, in order. Newer schemas only append.
    pub params: &'static [ParamInfo],
}

impl EventInfo {
    /// The place of the parameter of this name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<usize> {
        self.params.iter().position(|param| param.name == name)
    }
}

/// One parameter of an event.
#[derive(Debug)]
pub struct ParamInfo {
    /// Its name, as `evt.arg.NAME` takes it.
    pub name: &'static str,
    /// How its bytes are read.
    pub kind: ParamType,
    /// How a number is shown.
    pub format: Format,
    /// What else is needed to show it.
    pub refers: Refers,
}

/// What a parameter refers to.
#[derive(Clone, Copy, Debug)]
pub enum Refers {
    /// Nothing.
    Nothing,
    /// Names of its values or bits.
    Names(&'static [NamedValue]),
    /// A path relative to the descriptor in the parameter of this index.
    Directory(u8),
    /// A value whose first byte says what it is: the type and names of each.
    Variants(&'static str),
}

/// A value of a table of flags and its name.
#[derive(Debug)]
pub struct NamedValue {
    /// The name, without prefix where the schema has none.
    pub name: &'static str,
    /// The value, or the bits.
    pub value: u32,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant,)*
        }

        impl $name {
            /// All of them, in the order of the schema.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word of the table.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// What kind of work an event is: `evt.category`.
    Category {
        Unknown = "unknown", Other = "other", File = "file", Net = "net", Ipc = "IPC", Wait = "wait",
        Signal = "signal", Sleep = "sleep", Time = "time", Process = "process", Scheduler = "scheduler",
        Memory = "memory", User = "user", System = "system", IoRead = "io_read", IoWrite = "io_write",
        IoOther = "io_other", Internal = "internal",
    }
}

words! {
    /// Who makes an event.
    EventSource {
        Unknown = "unknown", Syscall = "syscall", Tracepoint = "tracepoint", Metaevent = "metaevent",
        Plugin = "plugin", Iterator = "iterator",
    }
}

words! {
    /// The type of a parameter (`PT_*`).
    ParamType {
        Int8 = "int8", Int16 = "int16", Int32 = "int32", Int64 = "int64", Uint8 = "uint8", Uint16 = "uint16",
        Uint32 = "uint32", Uint64 = "uint64", Bool = "bool", Double = "double",
        Charbuf = "charbuf", Bytebuf = "bytebuf", CharbufArray = "charbufarray", CharbufPairs = "charbuf_pair_array",
        Errno = "errno", Sockaddr = "sockaddr", Socktuple = "socktuple", Fd = "fd", Fd32 = "fd32", Pid = "pid",
        Pid32 = "pid32", FdList = "fdlist", FsPath = "fspath", FsRelPath = "fsrelpath", SyscallId = "syscallid",
        SigType = "sigtype", SigSet = "sigset", RelTime = "reltime", AbsTime = "abstime", Port = "port",
        Ipv4Addr = "ipv4addr", Ipv6Addr = "ipv6addr", IpAddr = "ipaddr", IpNet = "ipnet", Ipv4Net = "ipv4net",
        Ipv6Net = "ipv6net", L4Proto = "l4proto", SockFamily = "sockfamily", Dyn = "dyn", Flags8 = "flags8",
        Flags16 = "flags16", Flags32 = "flags32", EnumFlags8 = "enumflags8", EnumFlags16 = "enumflags16",
        EnumFlags32 = "enumflags32", Uid = "uid", Gid = "gid", Mode = "mode",
    }
}

words! {
    /// How a number is shown (`PF_*`).
    Format {
        Na = "na", Dec = "dec", Hex = "hex", PaddedDec = "10_padded_dec", Id = "id", Dir = "dir", Oct = "oct",
    }
}

impl ParamType {
    /// Whether it holds one number; where it does, whether that has a sign.
    #[must_use]
    pub const fn number_has_sign(self) -> Option<bool> {
        match self {
            Self::Charbuf
            | Self::Bytebuf
            | Self::CharbufArray
            | Self::CharbufPairs
            | Self::Sockaddr
            | Self::Socktuple
            | Self::FdList
            | Self::FsPath
            | Self::FsRelPath
            | Self::Ipv4Addr
            | Self::Ipv6Addr
            | Self::IpAddr
            | Self::IpNet
            | Self::Ipv4Net
            | Self::Ipv6Net
            | Self::Dyn
            | Self::Double => None,
            Self::Int8
            | Self::Int16
            | Self::Int32
            | Self::Int64
            | Self::Errno
            | Self::Fd
            | Self::Fd32
            | Self::Pid
            | Self::Pid32 => Some(true),
            _ => Some(false),
        }
    }
}

/// What an event does: bits of `EF_*`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EventFlags(pub u16);

impl EventFlags {
    /// None.
    pub const NONE: Self = Self(0);
    /// Opens a descriptor.
    pub const CREATES_FD: Self = Self(1);
    /// Closes a descriptor.
    pub const DESTROYS_FD: Self = Self(1 << 1);
    /// Works on a descriptor, which is in one of its parameters.
    pub const USES_FD: Self = Self(1 << 2);
    /// Reads from a descriptor.
    pub const READS_FROM_FD: Self = Self(1 << 3);
    /// Writes to a descriptor.
    pub const WRITES_TO_FD: Self = Self(1 << 4);
    /// Changes the state of the machine.
    pub const MODIFIES_STATE: Self = Self(1 << 5);
    /// No longer made: a converter makes a current one of it.
    pub const OLD_VERSION: Self = Self(1 << 6);
    /// A code that was never used.
    pub const UNUSED: Self = Self(1 << 7);
    /// Lengths of its parameters have 32 bits.
    pub const LARGE_PAYLOAD: Self = Self(1 << 8);
    /// Does not reset what the parser remembers of the thread's last event.
    pub const SKIP_PARSE_RESET: Self = Self(1 << 9);
    /// May wait.
    pub const WAITS: Self = Self(1 << 10);
    /// A converter knows what to do with it.
    pub const CONVERTER_MANAGED: Self = Self(1 << 11);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
