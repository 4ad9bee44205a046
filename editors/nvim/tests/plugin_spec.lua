local server = require('server')
local equal, contains = server.equal, server.contains

local LINES = { 'def f():', '    return 1', '', 'x = f()' }

local function end_job(request, result)
  request.reply(nil, vim.tbl_extend('keep', result, { jobId = 'j1', message = 'Done.' }))
  vim.wait(1000, function()
    return #require('grok.jobs').list() == 0
  end, 5)
end

local function stream(fake, request, message)
  local run = request.params.arguments[1]
  fake.dispatchers.notification(
    'grok/stream',
    vim.tbl_extend('force', {
      jobId = 'j1',
      action = run.action,
      uri = run.uri,
      seq = 0,
    }, message)
  )
end

local function float_named(name)
  for _, winid in ipairs(vim.api.nvim_list_wins()) do
    local bufnr = vim.api.nvim_win_get_buf(winid)
    if vim.b[bufnr].grok == name then
      return winid, bufnr
    end
  end
end

local function text_of(bufnr)
  return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n')
end

local function apply(fake, bufnr, version, edits, extra)
  local edit = vim.tbl_extend('force', {
    documentChanges = { { textDocument = { uri = vim.uri_from_bufnr(bufnr), version = version }, edits = edits } },
  }, extra or {})
  local answer
  coroutine.wrap(function()
    answer = fake.dispatchers.server_request('workspace/applyEdit', { label = 'Grok: Fix', edit = edit })
  end)()
  vim.wait(1000, function()
    return answer ~= nil
  end, 5)
  return answer
end

local function replace(row, text, id)
  local range = { start = { line = row, character = 0 }, ['end'] = { line = row, character = 3 } }
  return { range = range, newText = text, annotationId = id }
end

return {
  ['fix sends the line with its diagnostics and the version'] = function()
    local fake, _, bufnr = server.start(LINES)
    local namespace = vim.api.nvim_create_namespace('lint')
    vim.diagnostic.set(namespace, bufnr, { { lnum = 1, col = 4, end_col = 12, message = 'returns 1' } })
    vim.api.nvim_win_set_cursor(0, { 2, 6 })
    vim.cmd('Grok fix')
    local request = server.asked(fake, 'grok.run')
    local run = request.params.arguments[1]
    equal(run.action, 'fix')
    equal(run.range, { start = { line = 1, character = 0 }, ['end'] = { line = 1, character = 12 } })
    equal(run.diagnostics[1].message, 'returns 1')
    equal(run.version, vim.lsp.util.buf_versions[bufnr])
    assert(request.params.workDoneToken)
    end_job(request, { status = 'applied' })
  end,
  ['a range works on its lines, words after the action are the instruction'] = function()
    local fake = server.start(LINES)
    vim.cmd('1,2Grok refactor use a  dict')
    local request = server.asked(fake, 'grok.run')
    local run = request.params.arguments[1]
    equal(run.instruction, 'use a  dict')
    equal(run.range, { start = { line = 0, character = 0 }, ['end'] = { line = 1, character = 12 } })
    equal(run.diagnostics, nil)
    end_job(request, { status = 'applied' })
  end,
  ['a characterwise selection works on its columns'] = function()
    local fake = server.start(LINES)
    vim.cmd.normal({ '2G5|ve\27', bang = true })
    vim.cmd("'<,'>Grok explain")
    local request = server.asked(fake, 'grok.run')
    local run = request.params.arguments[1]
    equal(run.range, { start = { line = 1, character = 4 }, ['end'] = { line = 1, character = 10 } })
    end_job(request, { status = 'explained', markdown = 'x' })
  end,
  ['with a bang the instruction is asked for, and Escape asks nothing of the server'] = function()
    local fake = server.start(LINES)
    local original, answer = vim.ui.input, nil
    vim.ui.input = function(_, done)
      done(answer)
    end
    vim.cmd('Grok! refactor')
    answer = 'shorter'
    vim.cmd('Grok! refactor')
    vim.ui.input = original
    local asked = vim.tbl_filter(function(request)
      return request.params.command == 'grok.run'
    end, fake.requests)
    equal(#asked, 1)
    equal(asked[1].params.arguments[1].instruction, 'shorter')
    end_job(asked[1], { status = 'applied' })
  end,
  ['an explanation streams into a float and ends as the final Markdown'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok explain')
    local request = server.asked(fake, 'grok.run')
    local _, bufnr = float_named('explain')
    assert(bufnr, 'no float')
    stream(fake, request, { kind = 'begin' })
    stream(fake, request, { kind = 'text', delta = '# Ti' })
    stream(fake, request, { kind = 'text', delta = 'tle\r\nwords' })
    vim.wait(50)
    equal(text_of(bufnr), '# Title\nwords')
    assert(not vim.bo[bufnr].modifiable)
    local told = server.told(function()
      end_job(request, { status = 'explained', markdown = '# Title\nwords, all of them' })
    end)
    equal(text_of(bufnr), '# Title\nwords, all of them')
    equal(told, '')
  end,
  ['a long explanation is shown from its beginning, during the stream and after it'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok explain')
    local request = server.asked(fake, 'grok.run')
    local winid = float_named('explain')
    local text = ''
    for number = 1, 200 do
      local delta = ('line %d\n'):format(number)
      text = text .. delta
      stream(fake, request, { kind = 'text', delta = delta })
    end
    vim.wait(100, function()
      return #vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(winid), 0, -1, false) > 200
    end)
    equal({ vim.fn.getwininfo(winid)[1].topline, vim.api.nvim_win_get_cursor(winid) }, { 1, { 1, 0 } })
    end_job(request, { status = 'explained', markdown = text })
    equal({ vim.fn.getwininfo(winid)[1].topline, vim.api.nvim_win_get_cursor(winid) }, { 1, { 1, 0 } })
  end,
  ['a follow-up question goes below the first answer'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok explain')
    end_job(server.asked(fake, 'grok.run'), { status = 'explained', markdown = 'First.' })
    local original = vim.ui.input
    vim.ui.input = function(_, done)
      done('and why?')
    end
    local winid, bufnr = float_named('explain')
    vim.api.nvim_set_current_win(winid)
    vim.api.nvim_feedkeys('a', 'xt', false)
    vim.ui.input = original
    local request = server.asked(fake, 'grok.run')
    local sent = request.params.arguments[1].instruction
    equal(sent, 'Earlier question: Explain this code.\n\nEarlier answer:\nFirst.\n\nQuestion now: and why?')
    stream(fake, request, { kind = 'begin', jobId = 'j2' })
    stream(fake, request, { kind = 'text', delta = 'Bec', jobId = 'j2' })
    vim.wait(50)
    contains(text_of(bufnr), '**and why?**\n\nBec')
    end_job(request, { jobId = 'j2', status = 'explained', markdown = 'Because.' })
    equal(text_of(bufnr), 'First.\n\n---\n\n**and why?**\n\nBecause.')
  end,
  ['a follow-up sends the last answer that came to its end, and no more of it than there is use for'] = function()
    local fake = server.start(LINES)
    local original = vim.ui.input
    local function ask(question)
      vim.ui.input = function(_, done)
        done(question)
      end
      vim.api.nvim_set_current_win((float_named('explain')))
      vim.api.nvim_feedkeys('a', 'xt', false)
      vim.ui.input = original
      return server.asked(fake, 'grok.run')
    end
    vim.cmd('Grok explain what is é')
    end_job(server.asked(fake, 'grok.run'), { status = 'explained', markdown = ('é'):rep(2100) })
    local first = ask('why?')
    local answer = ('Earlier answer, its first 2000 characters:\n%s\n\n'):format(('é'):rep(2000))
    equal(
      first.params.arguments[1].instruction,
      ('Earlier question: what is é\n\n%sQuestion now: why?'):format(answer)
    )
    end_job(first, { status = 'failed', code = 'timeout' })
    local second = ask('how?').params.arguments[1].instruction
    contains(second, 'Earlier question: what is é\n')
    assert(not second:find('why?', 1, true))
  end,
  ['a closed explanation can be shown again'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok explain')
    end_job(server.asked(fake, 'grok.run'), { status = 'explained', markdown = 'Words.' })
    vim.api.nvim_set_current_win((float_named('explain')))
    vim.api.nvim_feedkeys('q', 'xt', false)
    equal(float_named('explain'), nil)
    vim.cmd('Grok show')
    equal(text_of(vim.api.nvim_get_current_buf()), 'Words.')
  end,
  ['the diff is shown while it is written and gone when the job ends'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok fix')
    local request = server.asked(fake, 'grok.run')
    stream(fake, request, { kind = 'diff', delta = '@@\n-a\n' })
    stream(fake, request, { kind = 'diff', delta = '+b\n' })
    vim.wait(50)
    local _, bufnr = float_named('diff')
    equal(text_of(bufnr), '@@\n-a\n+b\n')
    end_job(request, { status = 'applied' })
    equal(float_named('diff'), nil)
  end,
  ['progress is in the statusline text while the job runs'] = function()
    local fake = server.start(LINES)
    equal(require('grok').status(), '')
    vim.cmd('Grok fix')
    local request = server.asked(fake, 'grok.run')
    local token = request.params.workDoneToken
    fake.dispatchers.notification('$/progress', { token = token, value = { kind = 'begin', title = 'Grok: Fix' } })
    fake.dispatchers.notification('$/progress', { token = token, value = { kind = 'report', message = '120 tokens' } })
    vim.wait(50)
    equal(require('grok').status(), 'Grok fix: 120 tokens')
    end_job(request, { status = 'applied' })
    equal(require('grok').status(), '')
  end,
  ['without a border a float has no title either, and works'] = function()
    require('grok').setup({ enable = false, border = 'none' })
    local fake = server.start(LINES)
    vim.cmd('Grok explain')
    end_job(server.asked(fake, 'grok.run'), { status = 'explained', markdown = 'Words.' })
    local _, bufnr = float_named('explain')
    equal(text_of(bufnr), 'Words.')
  end,
  ['cancel tells the server the token of the job'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok fix')
    local request = server.asked(fake, 'grok.run')
    vim.cmd('Grok cancel')
    local last = fake.notifications[#fake.notifications]
    equal(last, { method = 'window/workDoneProgress/cancel', params = { token = request.params.workDoneToken } })
    local told = server.told(function()
      end_job(request, { status = 'cancelled', message = 'Cancelled.' })
    end)
    contains(told, '[2] grok: Cancelled.')
  end,
  ['a failure is told once, as loud as its code deserves'] = function()
    local fake = server.start(LINES)
    for code, level in pairs({ budget_exceeded = 3, auth = 4, document_changed = 3 }) do
      vim.cmd('Grok fix')
      local told = server.told(function()
        end_job(server.asked(fake, 'grok.run'), { status = 'failed', code = code, message = 'Why and what next.' })
      end)
      equal(told, ('[%d] grok: Why and what next.'):format(level))
    end
  end,
  ['a server that ends in the middle of a job is told, and the job is over'] = function()
    local _, client = server.start(LINES)
    vim.cmd('Grok fix')
    local told = server.told(function()
      client:stop(true)
      vim.wait(1000, function()
        return #require('grok.jobs').list() == 0
      end, 5)
    end)
    contains(told, 'The server ended while the job was running')
    equal(#require('grok.jobs').list(), 0)
  end,
  ['a message of the server is a notification of its level'] = function()
    local fake = server.start(LINES)
    local told = server.told(function()
      for kind = 1, 3 do
        fake.dispatchers.notification('window/showMessage', { type = kind, message = 'said' })
      end
      vim.wait(50)
    end)
    equal(told, '[4] grok: said\n[3] grok: said\n[2] grok: said')
  end,
  ['jobs are announced as User events'] = function()
    local fake = server.start(LINES)
    local seen = {}
    local group = vim.api.nvim_create_augroup('test', {})
    vim.api.nvim_create_autocmd('User', {
      group = group,
      pattern = { 'GrokJobStarted', 'GrokJobEnded' },
      callback = function(event)
        table.insert(seen, { event.match, event.data.action, event.data.result and event.data.result.status })
      end,
    })
    vim.cmd('Grok fix')
    end_job(server.asked(fake, 'grok.run'), { status = 'unchanged' })
    vim.api.nvim_del_augroup_by_id(group)
    equal(seen, { { 'GrokJobStarted', 'fix' }, { 'GrokJobEnded', 'fix', 'unchanged' } })
  end,
  ['the menu of its own has the diagnostics of other tools, and runs what is chosen'] = function()
    local fake, _, bufnr = server.start(LINES)
    local namespace = vim.api.nvim_create_namespace('lint')
    vim.diagnostic.set(namespace, bufnr, { { lnum = 1, col = 4, end_col = 12, message = 'returns 1' } })
    local asked
    fake.answer['textDocument/codeAction'] = function(params)
      asked = params
      local run = { action = 'fix', uri = 'x', range = params.range }
      local command = { title = 'Grok: Fix', command = 'grok.run', arguments = { run } }
      return { { title = 'Grok: Fix: returns 1', kind = 'quickfix.grok', command = command } }
    end
    local original, shown = vim.ui.select, nil
    vim.ui.select = function(items, options, done)
      shown = options.format_item(items[1])
      done(items[1], 1)
    end
    vim.cmd('2Grok menu')
    local request = server.asked(fake, 'grok.run')
    vim.ui.select = original
    equal(asked.context.diagnostics[1].message, 'returns 1')
    equal(shown, 'Grok: Fix: returns 1')
    equal(request.params.arguments[1].action, 'fix')
    end_job(request, { status = 'applied' })
  end,
  ['an action of the menu runs with our progress and float'] = function()
    local fake, client, bufnr = server.start(LINES)
    local range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } }
    local run = { action = 'explain', uri = vim.uri_from_bufnr(bufnr), range = range }
    client:exec_cmd({ title = 'Grok: Explain', command = 'grok.run', arguments = { run } }, { bufnr = bufnr })
    local request = server.asked(fake, 'grok.run')
    equal(request.params.arguments, { run })
    assert(request.params.workDoneToken and float_named('explain'))
    end_job(request, { status = 'explained', markdown = 'x' })
  end,
  ['an edit for the present version goes in as one undo step'] = function()
    local fake, _, bufnr = server.start(LINES)
    vim.api.nvim_buf_set_lines(bufnr, 3, 4, false, { 'y = 2' })
    local before = text_of(bufnr)
    local answer = apply(fake, bufnr, vim.lsp.util.buf_versions[bufnr], { replace(0, 'DEF'), replace(3, 'z =') })
    equal(answer, { applied = true })
    equal(text_of(bufnr), 'DEF f():\n    return 1\n\nz = 2')
    vim.cmd.undo()
    equal(text_of(bufnr), before)
  end,
  ['an edit for another version is refused, for version 0 too'] = function()
    local fake, _, bufnr = server.start(LINES)
    equal(vim.lsp.util.buf_versions[bufnr], 0)
    vim.api.nvim_buf_set_lines(bufnr, 0, 0, false, { '# typed' })
    local before = text_of(bufnr)
    for _, version in ipairs({ 0, vim.lsp.util.buf_versions[bufnr] - 1, vim.lsp.util.buf_versions[bufnr] + 1 }) do
      local answer = apply(fake, bufnr, version, { replace(0, 'DEF') })
      equal(answer.applied, false)
      contains(answer.failureReason, 'changed')
    end
    equal(text_of(bufnr), before)
  end,
  ['an edit of a buffer that may not be changed is refused'] = function()
    local fake, _, bufnr = server.start(LINES)
    vim.bo[bufnr].modifiable = false
    equal(apply(fake, bufnr, 0, { replace(0, 'DEF') }).applied, false)
    equal(text_of(bufnr), table.concat(LINES, '\n'))
  end,
  ['of an edit that asks, only the chosen hunks go in'] = function()
    local annotations =
      { a = { label = 'one', needsConfirmation = true }, b = { label = 'two', needsConfirmation = true } }
    local original, choices = vim.ui.select, nil
    vim.ui.select = function(_, _, done)
      local choice = table.remove(choices, 1)
      done(choice and 'chosen', choice)
    end
    local expected = {
      [{ 1 }] = 'DEF f():\n    return 1\n\nZZZ f()',
      [{ 2 }] = table.concat(LINES, '\n'),
      [{}] = table.concat(LINES, '\n'),
      [{ 3, 1, 2 }] = 'DEF f():\n    return 1\n\nx = f()',
      [{ 3, 2, 1 }] = 'def f():\n    return 1\n\nZZZ f()',
      [{ 3, 2, 2 }] = table.concat(LINES, '\n'),
      [{ 3, 1 }] = table.concat(LINES, '\n'),
    }
    for chosen, text in pairs(expected) do
      local fake, client, bufnr = server.start(LINES)
      choices = vim.deepcopy(chosen)
      local edits = { replace(0, 'DEF', 'a'), replace(3, 'ZZZ', 'b') }
      local answer = apply(fake, bufnr, 0, edits, { changeAnnotations = annotations })
      equal(text_of(bufnr), text)
      equal(answer.applied, text ~= table.concat(LINES, '\n'))
      equal(float_named('confirm'), nil)
      client:stop(true)
    end
    vim.ui.select = original
  end,
  ['a code lens decides through the same command'] = function()
    local fake, client, bufnr = server.start(LINES)
    fake.answer['grok.review'] = function()
      return 0
    end
    fake.answer['textDocument/codeLens'] = function()
      return {}
    end
    local argument = { jobId = 'j1', decision = 'discard' }
    client:exec_cmd({ title = 'x', command = 'grok.review', arguments = { argument } }, { bufnr = bufnr })
    equal(server.asked(fake, 'grok.review').params.arguments, { argument })
    vim.wait(50)
    equal(fake.requests[#fake.requests].method, 'textDocument/codeLens')
  end,
  ['a decision without a review says so'] = function()
    server.start(LINES)
    local told = server.told(function()
      vim.cmd('Grok keep')
      vim.cmd('Grok next')
    end)
    contains(told, 'No hunks wait for a decision in this buffer.')
  end,
  ['settings are sent as machine scope, with or without setup'] = function()
    local fake, client = server.start(LINES)
    local first = fake.requests[1].params.initializationOptions.grok
    equal({ first.machine, first.stream }, { {}, true })
    client:stop(true)
    vim.wait(20)
    require('grok').setup({ settings = { model = 'grok-4' }, enable = false })
    local second = server.start(LINES)
    local again = second.requests[1].params.initializationOptions.grok
    equal(again.machine, { model = 'grok-4' })
    -- The same session: a restart does not reset a budget.
    assert(#first.sessionId > 10 and again.sessionId == first.sessionId)
  end,
  ['setup can be called again, and names a wrong option'] = function()
    local told = server.told(function()
      require('grok').setup({ enable = false, progess = true, diff = 'no' })
    end)
    contains(told, 'the option "progess" does not exist')
    contains(told, 'the option "diff" must be a boolean, not a string')
    equal(require('grok.config').options.diff, true)
    require('grok').setup({ enable = false, explain = { enter = true } })
    equal(require('grok.config').options.explain, { enter = true, width = 80 })
    require('grok').setup({ enable = false })
    equal(require('grok.config').options.explain, { enter = false, width = 80 })
  end,
  ['setup leaves nothing of the call before, and everything of others'] = function()
    local function configured()
      local config = vim.lsp.config.grok_ls
      return { config.cmd, config.settings.grok }
    end
    require('grok').setup({ enable = false })
    local untouched = configured()
    local settings = { model = 'grok-4', baseUrl = 'http://127.0.0.1:1', budget = { dailyUsd = 1, sessionTokens = 5 } }
    require('grok').setup({ enable = false, cmd = { '/opt/grok-ls' }, settings = settings })
    equal(configured(), { { '/opt/grok-ls' }, settings })
    require('grok').setup({ enable = false, cmd = { '/opt/grok-ls' }, settings = settings })
    equal(configured(), { { '/opt/grok-ls' }, settings })
    require('grok').setup({
      enable = false,
      key = function()
        return 'none'
      end,
    })
    equal({ type(configured()[1]), configured()[2] }, { 'function', untouched[2] })
    require('grok').setup({ enable = false, settings = settings })
    vim.lsp.config('grok_ls', { settings = { grok = { budget = { dailyUsd = 2 } } } })
    require('grok').setup({ enable = false })
    equal(configured(), { untouched[1], { budget = { dailyUsd = 2 } } })
    -- Nothing of it reaches a server that starts now; an empty table goes out as an object.
    vim.lsp.config.grok_ls = vim.tbl_extend('force', vim.lsp.config.grok_ls, { settings = { grok = vim.empty_dict() } })
    require('grok').setup({ enable = false, settings = settings })
    require('grok').setup({ enable = false })
    local fake = server.start(LINES)
    equal(vim.json.encode(fake.requests[1].params.initializationOptions.grok.machine), '{}')
  end,
  ['an unknown word says what there is'] = function()
    local told = server.told(function()
      vim.cmd('Grok fxi')
    end)
    contains(told, 'There is no :Grok fxi')
    contains(told, 'refactor')
  end,
  ['without a server a command says what to do'] = function()
    vim.cmd.edit(vim.fn.tempname() .. '.py')
    local told = server.told(function()
      vim.cmd('Grok fix')
    end)
    contains(told, "vim.lsp.enable('grok_ls')")
  end,
  ['checkhealth says how to get a server that is not there'] = function()
    require('grok').setup({ enable = false, cmd = { '/nowhere/grok-ls' } })
    vim.cmd('silent checkhealth grok')
    local report = text_of(vim.api.nvim_get_current_buf())
    contains(report, 'ERROR /nowhere/grok-ls is not executable')
    contains(report, 'pip install grok-ls')
  end,
  ['the live diff is the inside of the fences, whatever the stream is cut into'] = function()
    local answers = {
      ['Wrong operator.\n\n```diff\n--- a\n+++ b\n@@ @@\n-x\n+y\n```\nThat is all.\n'] = '--- a\n+++ b\n@@ @@\n-x\n+y',
      ['~~~~\na\n~~~\n~~~~\nand\n```lua\nb\n```'] = 'a\n~~~\n\nb',
      ['```diff\n ```sh\n-a\n+b\n ```\n c\n```\n'] = ' ```sh\n-a\n+b\n ```\n c',
      ['<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n'] = '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n',
    }
    local fake = server.start(LINES)
    for raw, wanted in pairs(answers) do
      for _, size in ipairs({ 1, 3, 7, #raw }) do
        vim.cmd('Grok fix')
        local request = server.asked(fake, 'grok.run')
        fake.requests = {}
        local id = ('j%d-%d'):format(#raw, size)
        for at = 1, #raw, size do
          stream(fake, request, { jobId = id, kind = 'diff', delta = raw:sub(at, at + size - 1) })
          vim.wait(20, function()
            return float_named('diff') ~= nil
          end, 1)
        end
        local _, bufnr = float_named('diff')
        assert(
          vim.wait(1000, function()
            return text_of(bufnr) == wanted
          end, 1),
          ('in pieces of %d: %s'):format(size, text_of(bufnr))
        )
        end_job(request, { jobId = id, status = 'unchanged' })
      end
    end
  end,
  ['code in an explanation is coloured, with a parser or without'] = function()
    local fake = server.start(LINES)
    vim.cmd('Grok explain')
    local request = server.asked(fake, 'grok.run')
    for _, delta in ipairs({ 'So:\n\n```pyth', 'on\ndef f():\n    return 1\n```\n\n```lu', 'a\nlocal x = 1\n```\n' }) do
      stream(fake, request, { kind = 'text', delta = delta })
    end
    local text = 'So:\n\n```python\ndef f():\n    return 1\n```\n\n```lua\nlocal x = 1\n```\n'
      .. '```c++\nint x = 1;\n```\n```nosuch\nint\n```\n```py|!touch owned\nint\n```\n'
    end_job(request, { status = 'explained', markdown = text })
    local winid, bufnr = float_named('explain')
    local rows = vim.split(text_of(bufnr), '\n')
    local function groups(line, column)
      local row = vim.fn.index(rows, line)
      local found = vim.inspect_pos(bufnr, row, column or 0)
      local names = {}
      for _, each in ipairs(found.syntax) do
        names[#names + 1] = each.hl_group_link
      end
      for _, each in ipairs(found.treesitter) do
        names[#names + 1] = each.capture
      end
      return names
    end
    vim.treesitter.get_parser(bufnr):parse(true)
    assert(vim.list_contains(groups('def f():'), 'Statement'), vim.inspect(groups('def f():')))
    assert(vim.list_contains(groups('def f():', 4), 'Function'))
    assert(vim.list_contains(groups('int x = 1;'), 'Type'), vim.inspect(groups('int x = 1;')))
    assert(vim.list_contains(groups('local x = 1'), 'keyword'), vim.inspect(groups('local x = 1')))
    assert(not vim.list_contains(groups('local x = 1'), 'Statement'))
    equal(groups('int'), { 'markup.raw.block' })
    equal(groups('So:'), { 'spell' })
    contains(vim.wo[winid].winhighlight, 'GrokCode')
    equal(vim.uv.fs_stat('owned'), nil)
  end,
  ['words are completed'] = function()
    equal(vim.fn.getcompletion('Grok re', 'cmdline'), { 'recipe', 'refactor', 'reset', 'restart' })
    equal(vim.fn.getcompletion('Grok preview e', 'cmdline'), { 'explain' })
    equal(vim.fn.getcompletion("'<,'>Grok! can", 'cmdline'), { 'cancel' })
    equal(vim.fn.getcompletion('Grok refactor so', 'cmdline'), {})
  end,
  ['usage and preview are pages to read'] = function()
    local fake = server.start(LINES)
    fake.answer['grok.usage'] = function()
      return {
        session = { tokens = 1500, limit = 200000, remaining = 198500, costUsd = 0.0123 },
        today = { costUsd = 0.5, limit = 10 },
        jobs = {},
        breaker = 'open',
      }
    end
    vim.cmd('Grok usage')
    vim.wait(50)
    local page = text_of(vim.api.nvim_get_current_buf())
    contains(page, '1.5k of 200.0k tokens, 198.5k left')
    contains(page, '$0.50 of $10.00')
    contains(page, 'breaker open')
    vim.cmd.close()
    fake.answer['grok.preview'] = function()
      return { markdown = '# Request', inputTokens = 900, maxCostUsd = 0.01, redactions = { secrets = 0, personal = 0 } }
    end
    vim.cmd('Grok preview explain')
    vim.wait(50)
    equal(text_of(vim.api.nvim_get_current_buf()), '# Request')
  end,
  ['a hunk is drawn, found and decided'] = function()
    local fake, _, bufnr = server.start(LINES)
    vim.cmd('Grok refactor')
    local request = server.asked(fake, 'grok.run')
    apply(fake, bufnr, 0, { replace(0, 'DEF'), replace(3, 'ZZZ') })
    local lenses = {}
    for hunk, row in ipairs({ 0, 3 }) do
      for _, decision in ipairs({ 'keep', 'discard' }) do
        local range = { start = { line = row, character = 0 }, ['end'] = { line = row, character = 1 } }
        local argument = { jobId = 'j1', hunk = hunk - 1, decision = decision }
        table.insert(lenses, {
          range = range,
          command = { title = decision, command = 'grok.review', arguments = { argument } },
        })
      end
    end
    fake.answer['textDocument/codeLens'] = function()
      return lenses
    end
    end_job(request, { status = 'review' })
    vim.wait(50)
    equal(require('grok.review').pending(), 2)
    local marks = vim.api.nvim_buf_get_extmarks(bufnr, -1, 0, -1, { details = true })
    local removed = vim.iter(marks):filter(function(mark)
      return mark[4].virt_lines ~= nil
    end)
    local lines = removed
      :map(function(mark)
        return mark[4].virt_lines[1]
      end)
      :totable()
    equal(lines, { { { '- def f():', 'GrokRemoved' } }, { { '- x = f()', 'GrokRemoved' } } })
    vim.api.nvim_win_set_cursor(0, { 2, 0 })
    vim.cmd('Grok next')
    equal(vim.api.nvim_win_get_cursor(0)[1], 4)
    vim.cmd('Grok next')
    equal(vim.api.nvim_win_get_cursor(0)[1], 1)
    vim.cmd('Grok previous')
    equal(vim.api.nvim_win_get_cursor(0)[1], 4)
    fake.answer['grok.review'] = function()
      lenses = vim.list_slice(lenses, 1, 2)
      return 1
    end
    vim.cmd('Grok discard')
    equal(server.asked(fake, 'grok.review').params.arguments, { { jobId = 'j1', hunk = 1, decision = 'discard' } })
    vim.wait(50)
    equal(require('grok.review').pending(), 1)
    fake.answer['grok.review'] = function()
      lenses = {}
      return 0
    end
    vim.cmd('Grok keep all')
    equal(server.asked(fake, 'grok.review').params.arguments, { { jobId = 'j1', decision = 'keep' } })
    vim.wait(50)
    equal(require('grok.review').pending(), 0)
    equal(vim.api.nvim_buf_get_extmarks(bufnr, vim.api.nvim_create_namespace('grok_review'), 0, -1, {}), {})
  end,
}
