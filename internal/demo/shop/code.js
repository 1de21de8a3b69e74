// Asks Parlor what it makes of a wrong code, as its scripts do, and offers the link with it.
const { app, parlor } = document.querySelector('script[data-app]').dataset;

async function examine(mistake) {
  const { jwt } = await chatToken('ana', 'code', mistake);
  const response = await fetch(`${parlor}/sdk/v1/apps/${app}/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ door: 'code', token: jwt }),
  });
  const [problem] = (await response.json()).errors;
  showAnswer({ ...problem, message: problem.title, status: response.status });
  const wrong = document.getElementById('wrong');
  wrong.hidden = false;
  wrong.querySelector('a').href = `${parlor}/#externalAuthCode=${jwt}`;
}

for (const button of document.querySelectorAll('button[data-mistake]')) {
  button.addEventListener('click', () => examine(button.dataset.mistake));
}
