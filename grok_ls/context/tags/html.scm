(element (start_tag (tag_name) @name)) @class
(script_element (start_tag (tag_name) @name)) @function
(style_element (start_tag (tag_name) @name)) @function
