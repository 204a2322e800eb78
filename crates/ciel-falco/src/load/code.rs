//! Falco's codes of errors and warnings.

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal, $text:literal, $description:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// The code as outputs have it: `LOAD_…`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What the code means, in a few of Falco's words.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What Falco's JSON has as `codedesc`.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)* }
            }
        }
    };
}

codes! {
    /// Why rules do not load.
    ErrorCode {
        /// A file cannot be read.
        FileRead = "LOAD_ERR_FILE_READ", "File read error", "File read error";
        /// A text is no YAML.
        YamlParse = "LOAD_ERR_YAML_PARSE", "YAML parse error", "YAML parse error";
        /// YAML that is no list of rules, macros and lists, or lacks a key, or has a value of another type.
        YamlValidate = "LOAD_ERR_YAML_VALIDATE", "Error validating internal structure of YAML file",
            "Error validating internal structure of YAML file";
        /// A condition is wrong.
        CompileCondition = "LOAD_ERR_COMPILE_CONDITION", "Error compiling condition", "Error compiling condition";
        /// An output is wrong.
        CompileOutput = "LOAD_ERR_COMPILE_OUTPUT", "Error compiling output", "Error compiling output";
        /// Something does not fit the rest: a macro that is nowhere defined, a version.
        Validate = "LOAD_ERR_VALIDATE", "Error validating rule/macro/list/exception objects",
            "Error validating rule/macro/list/exception objects";
        /// An extension item is wrong. Ciel has no such items.
        Extension = "LOAD_ERR_EXTENSION", "Error in extension item", "Error in extension item";
    }
}

codes! {
    /// What the author of rules should know.
    WarningCode {
        /// No source of this name: the rule is left out.
        UnknownSource = "LOAD_UNKNOWN_SOURCE", "Unknown event source",
            "A rule has a unknown event source. This can occur when reading rules content without having a corresponding plugin loaded, etc. The rule will be silently ignored.";
        /// A field compared with `<NA>`.
        UnsafeNaCheck = "LOAD_UNSAFE_NA_CHECK", "Unsafe <NA> comparison in condition",
            "Comparing a field value with <NA> is unsafe and can lead to unpredictable behavior of the rule condition. If you need to check for the existence of a field, consider using the 'exists' operator instead.";
        /// The condition runs on too many types of events.
        NoEvtType = "LOAD_NO_EVTTYPE", "Condition has no event-type restriction",
            "A rule condition matches too many evt.type values. This has a significant performance penalty. Make the condition more specific by adding an evt.type field or further restricting the number of evt.type values in the condition.";
        /// A field or event that is not known, in a rule that may be left out for it.
        UnknownFilter = "LOAD_UNKNOWN_FILTER", "Unknown field or event-type in condition or output",
            "A rule condition or output refers to a field or evt.type that does not exist. This is normally an error, but if a rule has a skip-if-unknown-filter property, the error is downgraded to a warning.";
        /// A macro that nothing uses.
        UnusedMacro = "LOAD_UNUSED_MACRO", "Unused macro",
            "A macro is defined in the rules content but is not used by any other macro or rule.";
        /// A list that nothing uses.
        UnusedList = "LOAD_UNUSED_LIST", "Unused list",
            "A list is defined in the rules content but is not used by any other list, macro, or rule.";
        /// An item that is no rule, macro, list or required version.
        UnknownItem = "LOAD_UNKNOWN_ITEM", "Unknown rules file item",
            "An unknown top-level object is in the rules content. It will be ignored.";
        /// Something that Falco will drop.
        DeprecatedItem = "LOAD_DEPRECATED_ITEM", "Used deprecated item",
            "A deprecated item is employed by lists, macros, or rules.";
        /// An extension item is odd. Ciel has no such items.
        Extension = "LOAD_WARNING_EXTENSION", "Warning in extension item", "An extension item has a warning";
        /// An exception is appended to without values.
        AppendNoValues = "LOAD_APPEND_NO_VALUES", "Overriding/appending with no values",
            "A rule exception is overriding/appending with no values";
        /// Two exceptions of one rule have the same name.
        ExceptionNameNotUnique = "LOAD_EXCEPTION_NAME_NOT_UNIQUE", "Multiple exceptions defined with the same name",
            "A rule is defining multiple exceptions with the same name";
        /// A macro's name cannot stand in a condition.
        InvalidMacroName = "LOAD_INVALID_MACRO_NAME", "Invalid macro name", "A macro is defined with an invalid name";
        /// A list's name cannot stand in a condition.
        InvalidListName = "LOAD_INVALID_LIST_NAME", "Invalid list name", "A list is defined with an invalid name";
        /// Something in a condition is probably not meant so.
        CompileCondition = "LOAD_COMPILE_CONDITION", "Warning in rule condition",
            "A rule condition or output have been parsed with a warning";
        /// A key that is not known.
        UnknownKey = "LOAD_UNKNOWN_KEY", "Unknown key in item definition",
            "An item in the rules content contains an unrecognized key. The key will be ignored. This may indicate a typo or a property placed on the wrong item type.";
    }
}
