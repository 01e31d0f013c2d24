// Reads server-sent events from a response of fetch, which EventSource cannot do for a post.
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split("\n\n");
    rest = blocks.pop();
    yield* blocks.map(parsed);
  }
}

function parsed(block) {
  const [, name, data] = block.match(/^event: (\w+)\ndata: (.*)$/);
  return { name, data: JSON.parse(data) };
}
