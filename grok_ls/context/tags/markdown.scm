(section (atx_heading heading_content: (inline) @name)) @class
(fenced_code_block) @function
