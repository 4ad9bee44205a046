(function_def (function_command (argument_list . (argument) @name))) @function
(macro_def (macro_command (argument_list . (argument) @name))) @function
(normal_command (identifier) @import-call (#any-of? @import-call "include" "find_package")) @import
(source_file (normal_command (identifier) @set-call (argument_list . (argument) @name) (#eq? @set-call "set")) @value)
