"""Spanish."""

from models.mail import Letter
from server.mail.words.wording import Wording

_HELLO = "Hola, {name}:"

SPANISH = {
    Letter.INVITATION: Wording(
        "Tiene una invitación de {tenant}",
        _HELLO,
        "le invitan a tener una cuenta en {tenant}. El enlace sirve durante dos semanas y una sola vez.",
        "Crear la cuenta",
        "Si no sabe de qué se trata, puede ignorar este mensaje.",
    ),
    Letter.REGISTER: Wording(
        "Termine de crear su cuenta",
        _HELLO,
        "Alguien, probablemente usted, quiere una cuenta con esta dirección. Abra el enlace e introduzca la contraseña "
        "que ha elegido. El enlace es válido durante un día.",
        "Continuar",
        "Si no ha sido usted, ignore este mensaje: no se creará ninguna cuenta.",
    ),
    Letter.ALREADY_REGISTERED: Wording(
        "Ya tiene una cuenta",
        _HELLO,
        "Alguien, probablemente usted, quería crear una cuenta con esta dirección. Ya existe: acceda con ella en "
        "{site}, o elija allí una contraseña nueva si ha olvidado la suya.",
        "",
        "Si no ha sido usted, no tiene que hacer nada: a quien preguntó no se le ha dicho que usted tiene una cuenta.",
    ),
    Letter.VERIFY_EMAIL: Wording(
        "Confirme su dirección de correo",
        _HELLO,
        "Confirme que esta dirección es suya. El enlace es válido durante tres días.",
        "Confirmar dirección",
        "Si no tiene una cuenta en {site}, puede ignorar este mensaje.",
    ),
    Letter.CHANGE_EMAIL: Wording(
        "Confirme su nueva dirección de correo",
        _HELLO,
        "Quiere usar esta dirección para su cuenta a partir de ahora. El enlace es válido durante un día.",
        "Usar esta dirección",
        "Si no ha sido usted, ignore este mensaje: no cambiará nada.",
    ),
    Letter.EMAIL_CHANGED: Wording(
        "Su dirección de correo ha cambiado",
        _HELLO,
        "La dirección de correo de su cuenta es ahora {new_email}.",
        "",
        "Si no ha sido usted, avise cuanto antes a los responsables de {site}.",
    ),
    Letter.RESET_PASSWORD: Wording(
        "Elija una contraseña nueva",
        _HELLO,
        "Alguien, probablemente usted, ha pedido una contraseña nueva. El enlace es válido durante una hora y una vez.",
        "Elegir contraseña nueva",
        "Si no ha sido usted, ignore este mensaje: su contraseña sigue igual.",
    ),
    Letter.PASSWORD_CHANGED: Wording(
        "Su contraseña ha cambiado",
        _HELLO,
        "La contraseña de su cuenta se acaba de cambiar.",
        "",
        "Si no ha sido usted, elija otra cuanto antes con «¿Olvidó su contraseña?» en {site}.",
    ),
}
