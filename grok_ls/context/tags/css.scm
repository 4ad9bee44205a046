(rule_set (selectors) @name) @function
(keyframes_statement (keyframes_name) @name) @function
(media_statement) @class
(supports_statement) @class
(import_statement) @import
(stylesheet (declaration (property_name) @name) @value)
