(rule (targets) @name) @function
(define_directive name: (word) @name) @function
(makefile (variable_assignment name: (word) @name) @value)
(include_directive) @import
