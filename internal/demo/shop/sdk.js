// All that an integrator writes: ask your own backend for a token, and hand it to the chat.
Smooch.init({
  integrationId: document.querySelector('script[data-integration]').dataset.integration,
  businessName: 'Lighthouse Lamps',
  customColors: { brandColor: '8a5a18', conversationColor: '8a5a18', actionColor: '8a5a18' },
  delegate: {
    // The chat asks for a fresh token before the old one ends.
    async onInvalidAuth() {
      return (await chatToken(localStorage.getItem('customer'), 'sdk')).jwt;
    },
  },
});

async function signIn(customer, mistake) {
  try {
    const { externalId, jwt } = await chatToken(customer, 'sdk', mistake);
    await Smooch.login(externalId, jwt);
    localStorage.setItem('customer', customer);
    showCustomer(customer);
    showAnswer();
  } catch (error) {
    showAnswer(error);
  }
}

for (const button of document.querySelectorAll('button[data-customer]')) {
  button.addEventListener('click', () => signIn(button.dataset.customer, button.dataset.mistake));
}
document.getElementById('logout').addEventListener('click', async () => {
  await Smooch.logout();
  localStorage.removeItem('customer');
  showCustomer(null);
});
showCustomer(localStorage.getItem('customer'));
