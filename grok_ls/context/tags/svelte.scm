(script_element (start_tag (tag_name) @name)) @function
(style_element (start_tag (tag_name) @name)) @function
(element (start_tag (tag_name) @name)) @class
(if_statement) @class
(each_statement) @class
