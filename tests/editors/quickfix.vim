" Fills the quickfix list of Vim or Neovim as a user would, and writes down for each entry what stands under the cursor.
set encoding=utf-8
execute 'set runtimepath^=' . fnameescape($EDITORS . '/vim')
edit 测\ 试.txt
compiler gongwen-lint
silent make! %:S
let places = []
for entry in getqflist()
  if !entry.valid
    call add(places, {'invalid': entry.text})
    continue
  endif
  execute 'cc' len(places) + 1
  call add(places, {'line': line('.'), 'rest': strpart(getline('.'), col('.') - 1), 'type': entry.type, 'message': entry.text})
endfor
silent make! nosuch.txt
let fault = getqflist()[0]
call writefile([json_encode({'places': places, 'fault': [bufname(fault.bufnr), fault.lnum, fault.type, fault.text]})], 'found.json')
qall!
